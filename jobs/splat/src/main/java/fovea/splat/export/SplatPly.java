package fovea.splat.export;

import fovea.splat.model.Splats;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * INRIA's splat PLY: binary little-endian floats x y z nx ny nz f_dc_* f_rest_* opacity scale_*
 * rot_*; 62 a Gaussian at degree 3. Opacity is a logit, scales are logarithms, f_rest runs colour
 * by colour.
 */
public final class SplatPly {
  private static final int MOST_HEADER = 1 << 16;

  private SplatPly() {}

  /** Writes a file, whole or not at all. */
  public static void write(Splats splats, Path file) throws IOException {
    WholeFile.write(file, out -> write(splats, out));
  }

  private static void write(Splats splats, OutputStream out) throws IOException {
    List<String> names = properties(splats.restSize());
    StringBuilder header = new StringBuilder("ply\nformat binary_little_endian 1.0\n");
    header.append("element vertex ").append(splats.count()).append('\n');
    names.forEach(name -> header.append("property float ").append(name).append('\n'));
    out.write(header.append("end_header\n").toString().getBytes(StandardCharsets.US_ASCII));
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * names.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < splats.count(); i++) {
      out.write(row(splats, i, row.clear()).array());
    }
  }

  private static ByteBuffer row(Splats s, int i, ByteBuffer row) {
    put(row, s.means, 3 * i, 3);
    row.putFloat(0).putFloat(0).putFloat(0);
    put(row, s.sh0, 3 * i, 3);
    int each = s.restSize() / 3;
    for (int k = 0; k < s.restSize(); k++) {
      row.putFloat(s.shRest[s.restSize() * i + 3 * (k % each) + k / each]);
    }
    row.putFloat(s.logitOpacities[i]);
    put(row, s.logScales, 3 * i, 3);
    put(row, s.rotations, 4 * i, 4);
    return row;
  }

  private static void put(ByteBuffer row, float[] values, int at, int count) {
    for (int k = 0; k < count; k++) {
      row.putFloat(values[at + k]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws fovea.contract.errors.CallerMistake where the file is anything else, claims more than
   *     it holds, or holds a number that is not finite
   */
  public static Splats read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      Header header = header(in);
      long rest = Files.size(file) - header.bytes();
      int floats = properties(header.rest()).size();
      if (header.count() < 0 || header.count() > rest / (Float.BYTES * (long) floats)) {
        throw Checks.damaged("it claims more Gaussians than it holds");
      }
      return Checks.finite(body(in, (int) header.count(), header.rest(), floats));
    }
  }

  private record Header(long count, int rest, long bytes) {}

  private static Header header(InputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    long count = -1;
    long bytes = 0;
    String line = "";
    for (boolean first = true; !line.equals("end_header"); first = false) {
      line = line(in, MOST_HEADER - bytes);
      bytes += line.length() + 1;
      if (first && !line.equals("ply")) {
        throw Checks.damaged("it is no PLY");
      }
      if (line.startsWith("format ") && !line.equals("format binary_little_endian 1.0")) {
        throw Checks.damaged("it is not binary little-endian");
      }
      if (line.matches("element vertex \\d{1,10}")) {
        count = Long.parseLong(line.substring("element vertex ".length()));
      }
      if (line.startsWith("property ")) {
        names.add(line.replaceFirst("property float ", ""));
      }
    }
    int rest = (int) names.stream().filter(n -> n.startsWith("f_rest_")).count();
    if (!List.of(0, 9, 24, 45).contains(rest) || !names.equals(properties(rest))) {
      throw Checks.damaged("its properties are not those of INRIA's splats");
    }
    return new Header(count, rest, bytes);
  }

  private static String line(InputStream in, long most) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() >= most) {
        throw Checks.damaged("its header does not end");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static Splats body(InputStream in, int count, int rest, int floats) throws IOException {
    Splats s = Checks.room(count, (int) Math.sqrt(rest / 3 + 1) - 1);
    byte[] bytes = new byte[Float.BYTES * floats];
    ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    DataInputStream data = new DataInputStream(in);
    int each = rest / 3;
    for (int i = 0; i < count; i++) {
      data.readFully(bytes);
      row.clear();
      take(row, s.means, 3 * i, 3);
      row.position(row.position() + 3 * Float.BYTES);
      take(row, s.sh0, 3 * i, 3);
      for (int k = 0; k < rest; k++) {
        s.shRest[rest * i + 3 * (k % each) + k / each] = row.getFloat();
      }
      s.logitOpacities[i] = row.getFloat();
      take(row, s.logScales, 3 * i, 3);
      take(row, s.rotations, 4 * i, 4);
    }
    return s;
  }

  private static void take(ByteBuffer row, float[] values, int at, int count) {
    for (int k = 0; k < count; k++) {
      values[at + k] = row.getFloat();
    }
  }

  private static List<String> properties(int rest) {
    List<String> names = new ArrayList<>(List.of("x", "y", "z", "nx", "ny", "nz"));
    add(names, "f_dc_", 3);
    add(names, "f_rest_", rest);
    names.add("opacity");
    add(names, "scale_", 3);
    add(names, "rot_", 4);
    return names;
  }

  private static void add(List<String> names, String prefix, int count) {
    for (int k = 0; k < count; k++) {
      names.add(prefix + k);
    }
  }
}
