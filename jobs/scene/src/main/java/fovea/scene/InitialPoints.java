package fovea.scene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Points to start from where the poses come without any (Middlebury, Blender).
 *
 * <p>Random points cost several dB against those of structure from motion, because positions move
 * little in training. So the photographs are asked: a voxel that several views see as plain
 * backdrop is empty (the visual hull), and among the rest those on whose colour the views agree are
 * likelier to lie on a surface (photo-consistency, without reasoning about occlusion). Where the
 * photographs say nothing, random points in the region all cameras look at have to do.
 */
public final class InitialPoints {
  private static final int COARSE = 40;
  private static final int FINE = 88;
  private static final int LEAST = 200;

  /** Share of points spread behind the region where there is no plain backdrop. */
  private static final double FAR_SHARE = 0.2;

  private static final double FARTHEST = 5;

  private InitialPoints() {}

  /**
   * Points for views without any.
   *
   * @param most how many at most
   * @throws IOException where a photograph cannot be decoded
   */
  public static PointCloud of(List<View> views, int most, long seed) throws IOException {
    Region region = Region.seenBy(views);
    Sightings sightings = new Sightings(views);
    SplittableRandom random = new SplittableRandom(seed);
    Collector points = new Collector(sightings);
    if (views.size() >= 3) {
      int near = sightings.plainBackground() ? most : (int) (most * (1 - FAR_SHARE));
      consistent(sightings, region, near, random, points);
    }
    if (points.size() < Math.min(LEAST, most)) {
      scatter(region, 0, 1, most - points.size(), random, points);
    } else if (!sightings.plainBackground()) {
      scatter(region, 1, FARTHEST, most - points.size(), random, points);
    }
    return points.cloud();
  }

  private static void consistent(
      Sightings sightings, Region region, int most, SplittableRandom random, Collector points) {
    double r = region.radius();
    double[] low = {region.x() - r, region.y() - r, region.z() - r};
    double[] high = {region.x() + r, region.y() + r, region.z() + r};
    Voxels coarse = new Voxels(sightings, COARSE, low, high);
    if (!tighten(coarse, low, high)) {
      return;
    }
    Voxels fine = new Voxels(sightings, FINE, low, high);
    for (int i : chosen(fine, sightings.plainBackground(), most, random)) {
      points.add(
          fine.position(i, 0) + random.nextDouble(-0.5, 0.5) * fine.step(0),
          fine.position(i, 1) + random.nextDouble(-0.5, 0.5) * fine.step(1),
          fine.position(i, 2) + random.nextDouble(-0.5, 0.5) * fine.step(2),
          fine.colour(i));
    }
  }

  // Shrinks the box to what is not empty; false where all is.
  private static boolean tighten(Voxels voxels, double[] low, double[] high) {
    double[] from = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double[] to = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    boolean any = false;
    for (int i = 0; i < voxels.size(); i++) {
      if (voxels.empty(i)) {
        continue;
      }
      any = true;
      for (int k = 0; k < 3; k++) {
        from[k] = Math.min(from[k], voxels.position(i, k) - voxels.step(k));
        to[k] = Math.max(to[k], voxels.position(i, k) + voxels.step(k));
      }
    }
    if (any) {
      System.arraycopy(from, 0, low, 0, 3);
      System.arraycopy(to, 0, high, 0, 3);
    }
    return any;
  }

  private static List<Integer> chosen(
      Voxels voxels, boolean hull, int most, SplittableRandom random) {
    List<Integer> surface = new ArrayList<>();
    List<Integer> inside = new ArrayList<>();
    for (int i = 0; i < voxels.size(); i++) {
      if (!voxels.empty(i)) {
        (!hull || voxels.onSurface(i) ? surface : inside).add(i);
      }
    }
    if (!hull) {
      surface.sort(Comparator.comparing(voxels::disagreement));
      return surface.subList(0, Math.min(most, surface.size()));
    }
    // Drawn, not sorted: dark voxels agree best and would take every place.
    Collections.shuffle(surface, new Random(random.nextLong()));
    // Concave parts lie inside the hull, where agreement is what tells surface from void.
    inside.sort(Comparator.comparing(i -> voxels.disagreement(i) / brightness(voxels.colour(i))));
    int shell = Math.min(surface.size(), Math.max(most - inside.size(), most * 2 / 3));
    List<Integer> chosen = new ArrayList<>(surface.subList(0, Math.min(shell, most)));
    chosen.addAll(inside.subList(0, Math.min(inside.size(), most - chosen.size())));
    return chosen;
  }

  private static float brightness(int colour) {
    return 30f + (colour >> 16) + (colour >> 8 & 0xff) + (colour & 0xff);
  }

  private static void scatter(
      Region region, double from, double to, int count, SplittableRandom random, Collector points) {
    for (int i = 0; i < count; i++) {
      double z = random.nextDouble(-1, 1);
      double angle = random.nextDouble(2 * Math.PI);
      double flat = Math.sqrt(1 - z * z);
      double share = Math.cbrt(random.nextDouble());
      double distance = region.radius() * (from == 0 ? share * to : from + (to - from) * share);
      points.addSeen(
          region.x() + distance * flat * Math.cos(angle),
          region.y() + distance * flat * Math.sin(angle),
          region.z() + distance * z,
          random);
    }
  }

  private static final class Collector {
    private final Sightings sightings;
    private final List<float[]> positions = new ArrayList<>();
    private final List<Integer> colours = new ArrayList<>();

    Collector(Sightings sightings) {
      this.sightings = sightings;
    }

    int size() {
      return colours.size();
    }

    void add(double x, double y, double z, int colour) {
      positions.add(new float[] {(float) x, (float) y, (float) z});
      colours.add(colour);
    }

    // With the colour of a random view; left out where that view does not see it.
    void addSeen(double x, double y, double z, SplittableRandom random) {
      int colour = sightings.colour(random.nextInt(sightings.views()), x, y, z);
      if (colour >= 0) {
        add(x, y, z, colour);
      }
    }

    PointCloud cloud() {
      float[] p = new float[3 * size()];
      byte[] c = new byte[3 * size()];
      for (int i = 0; i < size(); i++) {
        System.arraycopy(positions.get(i), 0, p, 3 * i, 3);
        c[3 * i] = (byte) (colours.get(i) >> 16);
        c[3 * i + 1] = (byte) (colours.get(i) >> 8);
        c[3 * i + 2] = (byte) (int) colours.get(i);
      }
      return new PointCloud(p, c);
    }
  }
}
