package fovea.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * COLMAP's sparse models, text or binary: cameras, images and points3D. The frames and rigs files
 * of newer versions repeat what images says and are left alone.
 */
final class ColmapModel {
  private static final List<String> PARTS = List.of("cameras", "images", "points3D");

  /** Models in the order of COLMAP's ids, with their number of parameters. */
  private static final List<String> MODELS =
      List.of("SIMPLE_PINHOLE", "PINHOLE", "SIMPLE_RADIAL", "RADIAL", "OPENCV");

  private static final int[] PARAMETERS = {3, 4, 4, 5, 8};

  private final String source;
  private final Posing posing;
  private final Map<Integer, Intrinsics> cameras = new TreeMap<>();

  private ColmapModel(String source, PhotoSet photos) {
    this.source = source;
    this.posing = new Posing(source, photos);
  }

  static boolean isModel(Path folder) {
    return complete(folder, ".bin") || complete(folder, ".txt");
  }

  private static boolean complete(Path folder, String ending) {
    return PARTS.stream().allMatch(part -> Files.isRegularFile(folder.resolve(part + ending)));
  }

  static SparseScene read(Path folder, PhotoSet photos) throws IOException {
    if (!isModel(folder)) {
      throw Posing.damaged(
          String.valueOf(folder.getFileName()), "cameras, images and points3D must all be there");
    }
    ColmapModel model = new ColmapModel("COLMAP model", photos);
    boolean binary = complete(folder, ".bin");
    ColmapPoints points =
        binary ? ColmapBinary.read(folder, model) : ColmapText.read(folder, model);
    return model.posing.scene(points.cloud(), points.meanError());
  }

  /** The cameras of cameras.txt or cameras.bin alone. */
  static List<Intrinsics> cameras(Path folder, String name) throws IOException {
    ColmapModel model = new ColmapModel("COLMAP", new PhotoSet(List.of(), List.of()));
    if (name.endsWith(".bin")) {
      ColmapBinary.cameras(folder, model);
    } else {
      ColmapText.cameras(folder, model);
    }
    return model.cameras.values().stream().distinct().toList();
  }

  /** Takes a camera; {@code parameters} in COLMAP's order for its model. */
  void camera(int id, String model, long width, long height, double[] parameters) {
    int kind = MODELS.indexOf(model);
    if (kind < 0) {
      throw Posing.damaged(
          source,
          "camera model " + model + " is not supported; run colmap image_undistorter first");
    }
    if (parameters.length != PARAMETERS[kind] || width > 1 << 24 || height > 1 << 24) {
      throw Posing.damaged(source, "camera " + id + " is malformed");
    }
    try {
      cameras.put(id, intrinsics(kind, (int) width, (int) height, parameters));
    } catch (IllegalArgumentException impossible) {
      throw Posing.damaged(source, "camera " + id + ": " + impossible.getMessage());
    }
  }

  private static Intrinsics intrinsics(int kind, int w, int h, double[] p) {
    return switch (kind) {
      case 0 -> Intrinsics.pinhole(w, h, p[0], p[0], p[1], p[2]);
      case 1 -> Intrinsics.pinhole(w, h, p[0], p[1], p[2], p[3]);
      case 2 -> new Intrinsics(w, h, p[0], p[0], p[1], p[2], p[3], 0, 0, 0);
      case 3 -> new Intrinsics(w, h, p[0], p[0], p[1], p[2], p[3], p[4], 0, 0);
      default -> new Intrinsics(w, h, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
    };
  }

  /** Takes an image: qw qx qy qz tx ty tz, world to camera. */
  void image(String name, int camera, double[] pose) {
    Intrinsics intrinsics = cameras.get(camera);
    if (intrinsics == null) {
      throw Posing.damaged(source, "image " + name + " names a camera that is not there");
    }
    Optional<Photo> photo = posing.photo(name);
    if (photo.isEmpty()) {
      return;
    }
    try {
      posing.add(
          photo.get(),
          intrinsics,
          new Pose(pose[0], pose[1], pose[2], pose[3], pose[4], pose[5], pose[6]));
    } catch (IllegalArgumentException impossible) {
      throw Posing.damaged(source, "image " + name + ": " + impossible.getMessage());
    }
  }

  CallerPart part(String name) {
    return new CallerPart(source + " " + name);
  }

  static String modelName(int id) {
    return id >= 0 && id < MODELS.size() ? MODELS.get(id) : "number " + id;
  }

  static int parameters(int id) {
    return id >= 0 && id < PARAMETERS.length ? PARAMETERS[id] : 0;
  }

  /** Names the file in errors. */
  record CallerPart(String name) {
    fovea.contract.errors.CallerMistake damaged(String why) {
      return Posing.damaged(name, why);
    }
  }

  /** Points as they are read; the error is weighted by how often a point was seen. */
  static final class ColmapPoints {
    private final float[] positions;
    private final byte[] colours;
    private int size;
    private double errors;
    private double sightings;

    ColmapPoints(int most) {
      positions = new float[3 * most];
      colours = new byte[3 * most];
    }

    void add(double x, double y, double z, int r, int g, int b, double error, double track) {
      if (!Float.isFinite((float) (x + y + z))) {
        return;
      }
      positions[3 * size] = (float) x;
      positions[3 * size + 1] = (float) y;
      positions[3 * size + 2] = (float) z;
      colours[3 * size] = (byte) r;
      colours[3 * size + 1] = (byte) g;
      colours[3 * size + 2] = (byte) b;
      size++;
      if (error >= 0) { // COLMAP writes -1 where it does not know
        errors += error * track;
        sightings += track;
      }
    }

    PointCloud cloud() {
      return new PointCloud(
          java.util.Arrays.copyOf(positions, 3 * size), java.util.Arrays.copyOf(colours, 3 * size));
    }

    OptionalDouble meanError() {
      return sightings > 0 ? OptionalDouble.of(errors / sightings) : OptionalDouble.empty();
    }
  }
}
