package fovea.scene;

import fovea.scene.ColmapModel.CallerPart;
import fovea.scene.ColmapModel.ColmapPoints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** COLMAP's binary files; every count is held against the bytes that are left. */
final class ColmapBinary {
  private static final int CAMERA_BYTES = 24;
  private static final int IMAGE_BYTES = 64 + 1 + 8;
  private static final int POINT_BYTES = 8 + 24 + 3 + 8 + 8;
  private static final int OBSERVATION_BYTES = 24;
  private static final int TRACK_BYTES = 8;
  private static final int POSE = 7;

  private final ByteBuffer in;
  private final CallerPart part;

  private ColmapBinary(ByteBuffer in, CallerPart part) {
    this.in = in;
    this.part = part;
  }

  static ColmapPoints read(Path folder, ColmapModel model) throws IOException {
    cameras(folder, model);
    open(folder, model, "images.bin").images(model);
    return open(folder, model, "points3D.bin").points();
  }

  static void cameras(Path folder, ColmapModel model) throws IOException {
    open(folder, model, "cameras.bin").cameras(model);
  }

  private static ColmapBinary open(Path folder, ColmapModel model, String name) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(name))) {
      CallerPart part = model.part(name);
      if (channel.size() > Integer.MAX_VALUE) {
        throw part.damaged("it is larger than 2 GiB");
      }
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return new ColmapBinary(mapped.order(ByteOrder.LITTLE_ENDIAN), part);
    }
  }

  private void cameras(ColmapModel model) {
    int count = count(CAMERA_BYTES);
    for (int i = 0; i < count; i++) {
      need(CAMERA_BYTES);
      int id = in.getInt();
      int kind = in.getInt();
      long width = in.getLong();
      long height = in.getLong();
      double[] parameters = doubles(ColmapModel.parameters(kind));
      model.camera(id, ColmapModel.modelName(kind), width, height, parameters);
    }
  }

  private void images(ColmapModel model) {
    int count = count(IMAGE_BYTES);
    for (int i = 0; i < count; i++) {
      need(IMAGE_BYTES);
      in.getInt();
      double[] pose = doubles(POSE);
      int camera = in.getInt();
      String name = name();
      skip(count(OBSERVATION_BYTES) * (long) OBSERVATION_BYTES);
      model.image(name, camera, pose);
    }
  }

  private ColmapPoints points() {
    int count = count(POINT_BYTES);
    ColmapPoints points = new ColmapPoints(count);
    for (int i = 0; i < count; i++) {
      need(POINT_BYTES);
      in.getLong();
      double[] p = doubles(3);
      int r = in.get();
      int g = in.get();
      int b = in.get();
      double error = in.getDouble();
      int track = count(TRACK_BYTES);
      skip(track * (long) TRACK_BYTES);
      points.add(p[0], p[1], p[2], r, g, b, error, track);
    }
    return points;
  }

  private int count(int leastBytesEach) {
    need(Long.BYTES);
    long count = in.getLong();
    if (count < 0 || count > in.remaining() / leastBytesEach) {
      throw part.damaged("it claims " + Long.toUnsignedString(count) + " entries and is too short");
    }
    return (int) count;
  }

  private double[] doubles(int count) {
    need(count * (long) Double.BYTES);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.getDouble();
    }
    return values;
  }

  private String name() {
    int start = in.position();
    while (in.hasRemaining() && in.get() != 0) {
      // to the end of the name
    }
    int length = in.position() - 1 - start;
    if (length < 1 || in.get(in.position() - 1) != 0) {
      throw part.damaged("a name does not end");
    }
    byte[] name = new byte[length];
    in.get(start, name);
    return new String(name, StandardCharsets.UTF_8);
  }

  private void skip(long bytes) {
    need(bytes);
    in.position(in.position() + (int) bytes);
  }

  private void need(long bytes) {
    if (in.remaining() < bytes) {
      throw part.damaged("it ends too early");
    }
  }
}
