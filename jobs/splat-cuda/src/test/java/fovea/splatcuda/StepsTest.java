package fovea.splatcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import fovea.splat.train.Schedule;
import fovea.splat.train.SplatTrainer;
import fovea.splat.train.TrainListener.Progress;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainingScene;
import fovea.splatcuda.DeviceSplats.Refined;
import fovea.splatcuda.DeviceSplats.Size;
import fovea.splatcuda.DeviceSplats.Unseen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps and refinements, side by side with the CPU's trainer. */
class StepsTest {
  private static final int CAP = 400;

  private final TrainingScene scene = Cloud.scene(Cloud.of(200, 200, 2, 0.15, 6), 4, 64, 48);
  private final TrainSettings settings = Cloud.settings(400, CAP, 2);

  @Test
  void one_step_of_adam_moves_every_group_as_the_cpu_does() {
    both(
        (cpu, device) -> {
          Splats before = copy(cpu.splats());
          cpu.step();
          step(device, 0);
          Splats after = read(device, SplatLibrary.VALUES, before.count());
          for (int part = 0; part < 6; part++) {
            float[] old = before.parts().get(part);
            float[] expected = less(cpu.splats().parts().get(part), old);
            float[] found = less(after.parts().get(part), old);
            // Adam's first step is a sign: a gradient near zero may take either.
            assertThat(KernelsTest.apart(found, expected)).as("part %d", part).isLessThan(0.03);
          }
        });
  }

  @Test
  void twenty_steps_give_the_cpus_losses_and_gaussians() {
    both(
        (cpu, device) -> {
          List<Progress> expected = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            expected.add(cpu.step());
            step(device, i);
          }
          double[] losses = device.losses(0, 20);
          for (int i = 0; i < 20; i++) {
            double loss = 0.8 * losses[3 * i] + 0.2 * (1 - losses[3 * i + 1]);
            assertThat(loss).isCloseTo(expected.get(i).loss(), within(5e-4));
          }
          Splats after = read(device, SplatLibrary.VALUES, cpu.splats().count());
          for (int part = 0; part < 5; part++) {
            float[] truth = cpu.splats().parts().get(part);
            assertThat(KernelsTest.apart(after.parts().get(part), truth)).isLessThan(0.01);
          }
          assertThat(losses[57]).isLessThan(0.9 * losses[0]);
        });
  }

  @Test
  void gaussians_that_rest_are_not_touched_and_the_others_move_alike() {
    Splats far = Cloud.of(100, CAP, 2, 0.1, 4);
    for (int i = 0; i < 50; i++) {
      far.means[3 * i] += 50;
    }
    Splats follow = stepped(far, Unseen.FOLLOW);
    Splats rest = stepped(far, Unseen.REST);
    for (int i = 0; i < 100; i++) {
      boolean moved = rest.logScales[3 * i] != far.logScales[3 * i];
      assertThat(moved).isEqualTo(follow.means[3 * i] != far.means[3 * i]);
      if (moved) {
        assertThat(rest.logScales[3 * i]).isEqualTo(follow.logScales[3 * i]);
      } else {
        assertThat(follow.logScales[3 * i]).isLessThan(far.logScales[3 * i]);
      }
    }
  }

  private Splats stepped(Splats start, Unseen unseen) {
    try (DeviceSplats device = device(unseen)) {
      put(device, start);
      step(device, 0);
      return read(device, SplatLibrary.VALUES, start.count());
    }
  }

  @Test
  void a_refinement_moves_and_adds_the_cpus_gaussians() {
    both(
        (cpu, device) -> {
          for (int i = 0; i < 200; i += 5) {
            cpu.splats().logitOpacities[i] = -8;
          }
          cpu.splats().means[21] = Float.NaN;
          put(device, cpu.splats());
          cpu.refine();
          Refined done = device.refine(new Schedule(scene, settings).refineSeed(0));
          assertThat(done.moved()).isEqualTo(41);
          assertThat(done.count()).isEqualTo(cpu.splats().count()).isEqualTo(210);
          Splats after = read(device, SplatLibrary.VALUES, done.count());
          for (int i = 0; i < 3 * done.count(); i++) {
            assertThat(after.means[i]).isEqualTo(cpu.splats().means[i]);
            assertThat(after.logScales[i]).isCloseTo(cpu.splats().logScales[i], within(1e-5f));
          }
          for (int i = 0; i < done.count(); i++) {
            assertThat(after.logitOpacities[i])
                .isCloseTo(cpu.splats().logitOpacities[i], within(1e-4f));
          }
        });
  }

  @Test
  void growth_ends_at_the_cap_and_nothing_grows_from_the_dead() {
    try (DeviceSplats device = device(Unseen.FOLLOW)) {
      Splats start = Cloud.of(396, CAP, 2, 0.1, 4);
      put(device, start);
      assertThat(device.refine(1).count()).isEqualTo(CAP);
      assertThat(device.refine(2).count()).isEqualTo(CAP);
      java.util.Arrays.fill(start.logitOpacities, -9);
      put(device, start);
      assertThat(device.refine(3)).isEqualTo(new Refined(0, 396));
    }
  }

  @Test
  void noise_shakes_only_the_nearly_transparent_along_their_shape() {
    try (DeviceSplats device = device(Unseen.FOLLOW)) {
      Splats start = Cloud.of(400, CAP, 2, 0.1, 4);
      for (int i = 0; i < 400; i++) {
        start.logitOpacities[i] = i < 200 ? -7 : 3;
        System.arraycopy(new float[] {1, 0, 0, 0}, 0, start.rotations, 4 * i, 4);
        System.arraycopy(new float[] {-1, -3, -9}, 0, start.logScales, 3 * i, 3);
      }
      put(device, start);
      float[] still = new float[12];
      still[6] = 1;
      still[7] = 100;
      device.step(0, 0, 0, still, 77);
      Splats after = read(device, SplatLibrary.VALUES, 400);
      double[] square = new double[3];
      for (int i = 0; i < 400; i++) {
        for (int k = 0; k < 3; k++) {
          double moved = after.means[3 * i + k] - start.means[3 * i + k];
          assertThat(moved == 0 || i < 200).isTrue();
          square[k] += moved * moved / 200;
        }
      }
      double gate = 100 / (1 + Math.exp(100 * (1 / (1 + Math.exp(7)) - 0.005)));
      assertThat(Math.sqrt(square[0])).isCloseTo(gate * Math.exp(-2), within(0.15 * gate * 0.135));
      assertThat(Math.sqrt(square[1])).isCloseTo(gate * Math.exp(-6), within(0.15 * gate * 0.0025));
      assertThat(Math.sqrt(square[2])).isLessThan(1e-5);
    }
  }

  @Test
  void a_step_whose_drawing_outgrew_its_room_is_left_out_and_the_next_one_is_not() {
    int many = 3 * CAP;
    try (DeviceSplats device = device(Unseen.FOLLOW, many)) {
      device.write(SplatLibrary.FIRST_MOMENTS, none(many));
      device.write(SplatLibrary.SECOND_MOMENTS, none(many));
      device.write(SplatLibrary.VALUES, Cloud.of(many, many, 2, 0.01, 4));
      device.step(0, 0, 0, Rule.of(schedule(), 0), 1);
      long before = device.usage().slots();
      Splats large = Cloud.of(many, many, 2, 6, 4);
      device.write(SplatLibrary.VALUES, large);
      device.step(0, 0, 1, Rule.of(schedule(), 1), 1);
      assertThat(device.usage().slots()).isGreaterThan(4096 + 2 * before);
      assertThat(device.leftOut()).isEqualTo(1);
      assertThat(read(device, SplatLibrary.VALUES, many).means).isEqualTo(large.means);
      device.step(0, 0, 2, Rule.of(schedule(), 2), 1);
      assertThat(device.leftOut()).isEqualTo(1);
      assertThat(read(device, SplatLibrary.VALUES, many).means).isNotEqualTo(large.means);
    }
  }

  private Schedule schedule() {
    return new Schedule(scene, settings);
  }

  private interface Body {
    void run(SplatTrainer cpu, DeviceSplats device);
  }

  // Both from the same Gaussians, without a past.
  private void both(Body body) {
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers);
        DeviceSplats device = device(Unseen.FOLLOW)) {
      SplatTrainer cpu = new SplatTrainer(scene, settings, rasterizer, workers);
      Splats start = Cloud.of(200, CAP, 2, 0.12, 8);
      for (int part = 0; part < 6; part++) {
        float[] from = start.parts().get(part);
        System.arraycopy(from, 0, cpu.splats().parts().get(part), 0, from.length);
      }
      put(device, start);
      body.run(cpu, device);
    }
  }

  private DeviceSplats device(Unseen unseen) {
    return device(unseen, CAP);
  }

  private DeviceSplats device(Unseen unseen, int cap) {
    Door door = TestDevice.door();
    Size size = Size.of(scene.views(), cap, 2);
    return new DeviceSplats(door, size, Cloud.BACKGROUND, unseen, scene.views());
  }

  private static void put(DeviceSplats device, Splats values) {
    device.write(SplatLibrary.FIRST_MOMENTS, none(values.count()));
    device.write(SplatLibrary.SECOND_MOMENTS, none(values.count()));
    device.write(SplatLibrary.VALUES, values);
  }

  private static Splats none(int count) {
    Splats none = new Splats(Math.max(count, CAP), 2);
    none.resize(count);
    return none;
  }

  private void step(DeviceSplats device, int i) {
    Schedule schedule = new Schedule(scene, settings);
    device.step(
        schedule.view(i), schedule.degree(i), i, Rule.of(schedule, i), schedule.noiseSeed(i));
  }

  private static Splats read(DeviceSplats device, int what, int count) {
    Splats out = none(count);
    device.read(what, out);
    return out;
  }

  private static Splats copy(Splats s) {
    Splats out = new Splats(s.capacity(), s.degree());
    out.resize(s.count());
    for (int i = 0; i < s.count(); i++) {
      out.copy(s, i, i);
    }
    return out;
  }

  private static float[] less(float[] a, float[] b) {
    float[] out = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      out[i] = a[i] - b[i];
    }
    return out;
  }
}
