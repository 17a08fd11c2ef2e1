package fovea.splat.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.errors.CallerMistake;
import fovea.scene.PointCloud;
import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import fovea.splat.train.Checkpoints;
import fovea.splat.train.CpuTrainer;
import fovea.splat.train.Evaluation;
import fovea.splat.train.TrainListener;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingView;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpzTest {
  @TempDir Path folder;

  @Test
  void a_model_comes_back_to_within_its_steps_from_either_version() throws Exception {
    for (int degree = 0; degree <= 3; degree++) {
      for (Spz.Version version : Spz.Version.values()) {
        Splats splats = SmallScene.cloud(200, degree, 0.1, 3);
        Path file = folder.resolve("model.spz");
        Spz.write(splats, file, version);
        Splats back = SpzReader.read(file);
        assertThat(back.count()).isEqualTo(200);
        assertThat(back.degree()).isEqualTo(degree);
        near(back.means, splats.means, 0.002);
        near(back.logScales, splats.logScales, 1 / 32.0);
        near(back.sh0, splats.sh0, 0.5 / (0.15 * 255));
        near(back.shRest, splats.shRest, 1.01 / 128);
        for (int i = 0; i < 200; i++) {
          assertThat(back.opacity(i)).isCloseTo(splats.opacity(i), within(0.5f / 255 + 1e-4f));
          assertThat(turn(back, i, splats)).isGreaterThan(0.9999);
        }
      }
    }
  }

  @Test
  void the_unit_of_a_scene_is_no_matter() throws Exception {
    for (double unit : new double[] {0.01, 1, 1000}) {
      Splats splats = SmallScene.cloud(100, 0, 0.1 * unit, 3);
      for (int k = 0; k < splats.means.length; k++) {
        splats.means[k] *= (float) unit;
      }
      Path file = folder.resolve("model.spz");
      Spz.write(splats, file);
      near(SpzReader.read(file).means, splats.means, 0.002 * unit);
    }
  }

  @Test
  void a_trained_model_takes_an_eighth_of_its_ply_and_loses_less_than_a_third_of_a_decibel()
      throws Exception {
    try (Workers workers = new Workers(2);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      Splats truth = SmallScene.cloud(120, 3, 0.2, 5);
      List<TrainingView> views = SmallScene.views(truth, rasterizer, 9, 48, 48);
      byte[] grey = new byte[truth.means.length];
      Arrays.fill(grey, (byte) 128);
      TrainingScene scene =
          new TrainingScene(views.subList(1, 9), new PointCloud(truth.means, grey));
      TrainSettings settings =
          new TrainSettings(300, 600, 3, 48, 2, 7, TrainSettings.Background.BLACK);
      Splats model =
          new CpuTrainer().train(scene, settings, TrainListener.silent(), Checkpoints.none());
      Path ply = folder.resolve("model.ply");
      Path spz = folder.resolve("model.spz");
      SplatPly.write(model, ply);
      Spz.write(model, spz);
      assertThat(8 * Files.size(spz)).isLessThan(Files.size(ply));
      Splats back = SpzReader.read(spz);
      double loss = 0;
      for (TrainingView view : views) {
        loss += Evaluation.of(model, view, settings, rasterizer, workers).psnr();
        loss -= Evaluation.of(back, view, settings, rasterizer, workers).psnr();
      }
      assertThat(loss / views.size()).isLessThan(0.3);
    }
  }

  @Test
  void a_file_that_claims_more_than_it_holds_is_refused_before_memory_is_taken() throws Exception {
    Path file = folder.resolve("model.spz");
    Spz.write(SmallScene.cloud(20, 0, 0.1, 3), file, Spz.Version.FOUR);
    byte[] four = Files.readAllBytes(file);
    for (int claim : new int[] {21, 19_999_999, Integer.MAX_VALUE, -1}) {
      ByteBuffer bytes = ByteBuffer.wrap(four.clone()).order(ByteOrder.LITTLE_ENDIAN);
      Files.write(file, bytes.putInt(8, claim).array());
      refused(file);
      Files.write(file, gzip(claim));
      refused(file);
    }
  }

  @Test
  void a_file_cut_short_or_of_another_kind_is_refused() throws Exception {
    Path file = folder.resolve("model.spz");
    for (Spz.Version version : Spz.Version.values()) {
      Spz.write(SmallScene.cloud(20, 1, 0.1, 3), file, version);
      byte[] bytes = Files.readAllBytes(file);
      for (int length : new int[] {0, 1, 2, 15, 40, bytes.length / 2, bytes.length - 9}) {
        Files.write(file, Arrays.copyOf(bytes, length));
        refused(file);
      }
    }
    Files.writeString(file, "this is no model at all, whatever its name may say of it");
    refused(file);
  }

  private static void refused(Path file) {
    assertThatThrownBy(() -> SpzReader.read(file))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("cannot be read");
  }

  // The header of twenty Gaussians, a claim of others, and a megabyte of zeros in a kilobyte.
  private static byte[] gzip(int claim) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      packed.write(header.putInt(0x5053474e).putInt(3).putInt(claim).array());
      packed.write(new byte[claim == 21 ? 20 * 20 : 1 << 20]);
    }
    return out.toByteArray();
  }

  private static void near(float[] found, float[] expected, double most) {
    for (int k = 0; k < expected.length; k++) {
      assertThat((double) found[k]).isCloseTo(expected[k], within(most));
    }
  }

  private static double turn(Splats a, int i, Splats b) {
    float[] p = Rotations.unit(a, i);
    float[] q = Rotations.unit(b, i);
    return Math.abs(p[0] * q[0] + p[1] * q[1] + p[2] * q[2] + p[3] * q[3]);
  }
}
