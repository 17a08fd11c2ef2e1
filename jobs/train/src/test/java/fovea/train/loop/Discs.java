package fovea.train.loop;

import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.data.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A problem anyone can solve: bright discs against dark ones, on noise. */
public final class Discs {
  private Discs() {}

  /** Samples of both labels in turn, a fifth each for validation and test. */
  public static List<Sample> samples(int count, int edge, long seed) {
    List<Sample> samples = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      Part part = (i / 2) % 5 == 0 ? Part.VALIDATION : (i / 2) % 5 == 1 ? Part.TEST : Part.TRAIN;
      byte[] rgb = disc(i % 2 == 1, edge, random);
      samples.add(new Sample("image-" + i, Subject.of("patient-" + i), part, 2 * (i % 2), rgb));
    }
    return samples;
  }

  /** Samples of all five grades in turn, brighter with the grade; parts as above. */
  public static List<Sample> graded(int count, int edge, long seed) {
    List<Sample> samples = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      Part part = (i / 5) % 5 == 0 ? Part.VALIDATION : (i / 5) % 5 == 1 ? Part.TEST : Part.TRAIN;
      byte[] rgb = disc(-80 + 40 * (i % 5), edge, random);
      samples.add(new Sample("image-" + i, Subject.of("patient-" + i), part, i % 5, rgb));
    }
    return samples;
  }

  /** A disc of 30 to 40 percent of the edge near the middle, edge x edge x 3 bytes. */
  public static byte[] disc(boolean bright, int edge, SplittableRandom random) {
    return disc(bright ? 60 : -60, edge, random);
  }

  private static byte[] disc(int light, int edge, SplittableRandom random) {
    byte[] rgb = new byte[edge * edge * 3];
    double radius = edge * (0.15 + 0.05 * random.nextDouble());
    double x = edge * (0.4 + 0.2 * random.nextDouble());
    double y = edge * (0.4 + 0.2 * random.nextDouble());
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      boolean inside = Math.hypot(pixel % edge - x, pixel / edge - y) < radius;
      int value = 128 + (inside ? light : 0) + random.nextInt(-20, 20);
      rgb[i] = (byte) value;
    }
    return rgb;
  }
}
