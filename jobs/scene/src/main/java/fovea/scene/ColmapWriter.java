package fovea.scene;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes COLMAP's sparse models: cameras, images and points3D, as text or binary. Every camera is
 * of the model OPENCV, which holds whatever {@link Intrinsics} hold. Ids begin at 1.
 */
public final class ColmapWriter {
  private static final int OPENCV = 4;

  private final SparseScene scene;
  private final PointTracks tracks;
  private final Map<Intrinsics, Integer> cameras = new LinkedHashMap<>();
  private final int[][] sightings;
  private final int[] pointOf;
  private final int[] placeInView;

  private ColmapWriter(SparseScene scene, PointTracks tracks) {
    if (tracks.errors().length != scene.points().size()) {
      throw new IllegalArgumentException("tracks must be those of the scene's points");
    }
    this.scene = scene;
    this.tracks = tracks;
    scene.views().forEach(v -> cameras.putIfAbsent(v.intrinsics(), cameras.size() + 1));
    this.sightings = tracks.byView(scene.views().size());
    this.pointOf = tracks.points();
    this.placeInView = new int[pointOf.length];
    for (int[] ofView : sightings) {
      for (int place = 0; place < ofView.length; place++) {
        placeInView[ofView[place]] = place;
      }
    }
  }

  /**
   * Writes cameras.txt, images.txt and points3D.txt.
   *
   * @param folder made where missing
   * @throws IOException where it cannot be written
   */
  public static void text(SparseScene scene, PointTracks tracks, Path folder) throws IOException {
    Files.createDirectories(folder);
    ColmapWriter writer = new ColmapWriter(scene, tracks);
    lines(folder.resolve("cameras.txt"), writer::camerasText);
    lines(folder.resolve("images.txt"), writer::imagesText);
    lines(folder.resolve("points3D.txt"), writer::pointsText);
  }

  /**
   * Writes cameras.bin, images.bin and points3D.bin.
   *
   * @param folder made where missing
   * @throws IOException where it cannot be written
   */
  public static void binary(SparseScene scene, PointTracks tracks, Path folder) throws IOException {
    Files.createDirectories(folder);
    ColmapWriter writer = new ColmapWriter(scene, tracks);
    bytes(folder.resolve("cameras.bin"), writer::camerasBinary);
    bytes(folder.resolve("images.bin"), writer::imagesBinary);
    bytes(folder.resolve("points3D.bin"), writer::pointsBinary);
  }

  @FunctionalInterface
  private interface Part<T> {
    void write(T out) throws IOException;
  }

  private static void lines(Path file, Part<BufferedWriter> part) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      part.write(out);
    }
  }

  private static void bytes(Path file, Part<LittleEndian> part) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      part.write(new LittleEndian(out));
    }
  }

  private static double[] parameters(Intrinsics c) {
    return new double[] {c.fx(), c.fy(), c.cx(), c.cy(), c.k1(), c.k2(), c.p1(), c.p2()};
  }

  private static double[] numbers(Pose p) {
    return new double[] {p.qw(), p.qx(), p.qy(), p.qz(), p.tx(), p.ty(), p.tz()};
  }

  private void camerasText(BufferedWriter out) throws IOException {
    out.write("# CAMERA_ID, MODEL, WIDTH, HEIGHT, PARAMS[]\n");
    for (Map.Entry<Intrinsics, Integer> camera : cameras.entrySet()) {
      Intrinsics c = camera.getKey();
      out.write(camera.getValue() + " OPENCV " + c.width() + " " + c.height());
      out.write(joined(parameters(c)) + "\n");
    }
  }

  private void imagesText(BufferedWriter out) throws IOException {
    out.write("# IMAGE_ID, QW, QX, QY, QZ, TX, TY, TZ, CAMERA_ID, NAME\n");
    out.write("# POINTS2D[] as (X, Y, POINT3D_ID)\n");
    for (int v = 0; v < scene.views().size(); v++) {
      View view = scene.views().get(v);
      out.write((v + 1) + joined(numbers(view.pose())) + " " + cameras.get(view.intrinsics()));
      out.write(" " + view.name() + "\n");
      List<String> seen = new ArrayList<>();
      for (int s : sightings[v]) {
        seen.add(
            String.format(
                Locale.ROOT,
                "%.3f %.3f %d",
                tracks.pixels()[2 * s],
                tracks.pixels()[2 * s + 1],
                pointOf[s] + 1));
      }
      out.write(String.join(" ", seen) + "\n");
    }
  }

  private void pointsText(BufferedWriter out) throws IOException {
    out.write("# POINT3D_ID, X, Y, Z, R, G, B, ERROR, TRACK[] as (IMAGE_ID, POINT2D_IDX)\n");
    for (int p = 0; p < scene.points().size(); p++) {
      out.write(String.valueOf(p + 1));
      for (int k = 0; k < 3; k++) {
        out.write(" " + scene.points().positions()[3 * p + k]);
      }
      for (int k = 0; k < 3; k++) {
        out.write(" " + (scene.points().colours()[3 * p + k] & 0xff));
      }
      out.write(" " + tracks.errors()[p]);
      for (int s = tracks.starts()[p]; s < tracks.starts()[p + 1]; s++) {
        out.write(" " + (tracks.views()[s] + 1) + " " + placeInView[s]);
      }
      out.write("\n");
    }
  }

  private static String joined(double[] numbers) {
    StringBuilder line = new StringBuilder();
    for (double number : numbers) {
      line.append(' ').append(number);
    }
    return line.toString();
  }

  private void camerasBinary(LittleEndian out) throws IOException {
    out.number(cameras.size());
    for (Map.Entry<Intrinsics, Integer> camera : cameras.entrySet()) {
      Intrinsics c = camera.getKey();
      out.integer(camera.getValue());
      out.integer(OPENCV);
      out.number(c.width());
      out.number(c.height());
      out.reals(parameters(c));
    }
  }

  private void imagesBinary(LittleEndian out) throws IOException {
    out.number(scene.views().size());
    for (int v = 0; v < scene.views().size(); v++) {
      View view = scene.views().get(v);
      out.integer(v + 1);
      out.reals(numbers(view.pose()));
      out.integer(cameras.getOrDefault(view.intrinsics(), 0));
      out.bytes((view.name() + "\0").getBytes(StandardCharsets.UTF_8));
      out.number(sightings[v].length);
      for (int s : sightings[v]) {
        out.reals(tracks.pixels()[2 * s], tracks.pixels()[2 * s + 1]);
        out.number(pointOf[s] + 1L);
      }
    }
  }

  private void pointsBinary(LittleEndian out) throws IOException {
    out.number(scene.points().size());
    for (int p = 0; p < scene.points().size(); p++) {
      float[] xyz = scene.points().positions();
      out.number(p + 1L);
      out.reals(xyz[3 * p], xyz[3 * p + 1], xyz[3 * p + 2]);
      out.bytes(java.util.Arrays.copyOfRange(scene.points().colours(), 3 * p, 3 * p + 3));
      out.reals(tracks.errors()[p]);
      out.number(tracks.starts()[p + 1] - (long) tracks.starts()[p]);
      for (int s = tracks.starts()[p]; s < tracks.starts()[p + 1]; s++) {
        out.integer(tracks.views()[s] + 1);
        out.integer(placeInView[s]);
      }
    }
  }

  private record LittleEndian(OutputStream out) {
    void integer(int value) throws IOException {
      bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    void number(long value) throws IOException {
      bytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    void reals(double... values) throws IOException {
      for (double value : values) {
        number(Double.doubleToLongBits(value));
      }
    }

    void bytes(byte[] bytes) throws IOException {
      out.write(bytes);
    }
  }
}
