package fovea.scene;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Point clouds in PLY, ASCII or binary little-endian: x y z and, if there, red green blue. */
public final class PlyPoints {
  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_HEADER = 1 << 16;
  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("char", 1),
          Map.entry("uchar", 1),
          Map.entry("int8", 1),
          Map.entry("uint8", 1),
          Map.entry("short", 2),
          Map.entry("ushort", 2),
          Map.entry("int16", 2),
          Map.entry("uint16", 2),
          Map.entry("int", 4),
          Map.entry("uint", 4),
          Map.entry("int32", 4),
          Map.entry("uint32", 4),
          Map.entry("float", 4),
          Map.entry("float32", 4),
          Map.entry("double", 8),
          Map.entry("float64", 8));

  private PlyPoints() {}

  private record Property(String name, String type, int offset) {}

  private record Header(
      boolean binary, long count, List<Property> properties, int stride, int end) {}

  /**
   * Reads a point cloud; points that are not finite are left out.
   *
   * @throws CallerMistake where the file is damaged
   */
  public static PointCloud read(Path file) throws IOException {
    String source = String.valueOf(file.getFileName());
    if (Files.size(file) > MOST_BYTES) {
      throw Posing.damaged(source, "it is larger than 1 GiB");
    }
    byte[] bytes = Files.readAllBytes(file);
    Header header = header(source, bytes);
    long least = header.binary() ? header.stride() : 2L * header.properties().size() - 1;
    if (header.count() < 0 || header.count() > (bytes.length - header.end()) / Math.max(1, least)) {
      throw Posing.damaged(source, "it claims more points than it holds");
    }
    return header.binary() ? binary(bytes, header) : ascii(source, bytes, header);
  }

  private static Header header(String source, byte[] bytes) {
    String text =
        new String(bytes, 0, Math.min(bytes.length, MOST_HEADER), StandardCharsets.ISO_8859_1);
    int mark = text.indexOf("end_header");
    int end = mark < 0 ? -1 : text.indexOf('\n', mark);
    if (!text.startsWith("ply") || end < 0) {
      throw Posing.damaged(source, "it is no PLY");
    }
    boolean binary = text.contains("format binary_little_endian");
    if (!binary && !text.contains("format ascii")) {
      throw Posing.damaged(source, "it is neither ASCII nor binary little-endian");
    }
    return parse(source, text.substring(0, mark), binary, end + 1);
  }

  private static Header parse(String source, String text, boolean binary, int end) {
    long count = -1;
    int stride = 0;
    boolean inVertex = false;
    List<Property> properties = new ArrayList<>();
    for (String line : text.split("\\R")) {
      String[] words = line.strip().split("\\s+");
      if (words[0].equals("element") && words.length == 3) {
        if (count < 0 && !words[1].equals("vertex")) {
          throw Posing.damaged(source, "its vertices must come first");
        }
        inVertex = words[1].equals("vertex");
        count = inVertex ? count(source, words[2]) : count;
      } else if (words[0].equals("property") && inVertex) {
        Integer size = words.length == 3 ? SIZES.get(words[1]) : null;
        if (size == null) {
          throw Posing.damaged(source, "unknown property: " + line.strip());
        }
        properties.add(new Property(words[2], words[1], stride));
        stride += size;
      }
    }
    for (String axis : List.of("x", "y", "z")) {
      if (properties.stream().noneMatch(p -> p.name().equals(axis))) {
        throw Posing.damaged(source, "its points have no " + axis);
      }
    }
    return new Header(binary, count, properties, stride, end);
  }

  private static long count(String source, String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException notANumber) {
      throw Posing.damaged(source, "not a count of points: " + word);
    }
  }

  private static PointCloud binary(byte[] bytes, Header header) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Points points = new Points(header);
    double[] row = new double[header.properties().size()];
    for (int i = 0; i < header.count(); i++) {
      int start = header.end() + i * header.stride();
      for (int p = 0; p < row.length; p++) {
        Property property = header.properties().get(p);
        row[p] = value(buffer, start + property.offset(), property.type());
      }
      points.add(row);
    }
    return points.cloud();
  }

  private static double value(ByteBuffer b, int at, String type) {
    return switch (type) {
      case "char", "int8" -> b.get(at);
      case "uchar", "uint8" -> b.get(at) & 0xff;
      case "short", "int16" -> b.getShort(at);
      case "ushort", "uint16" -> b.getShort(at) & 0xffff;
      case "int", "int32" -> b.getInt(at);
      case "uint", "uint32" -> Integer.toUnsignedLong(b.getInt(at));
      case "float", "float32" -> b.getFloat(at);
      default -> b.getDouble(at);
    };
  }

  private static PointCloud ascii(String source, byte[] bytes, Header header) {
    String body =
        new String(bytes, header.end(), bytes.length - header.end(), StandardCharsets.ISO_8859_1);
    Points points = new Points(header);
    double[] row = new double[header.properties().size()];
    List<String> lines = body.lines().filter(l -> !l.isBlank()).limit(header.count()).toList();
    if (lines.size() < header.count()) {
      throw Posing.damaged(source, "it claims more points than it holds");
    }
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      if (words.length < row.length) {
        throw Posing.damaged(source, "a point has too few numbers");
      }
      try {
        for (int p = 0; p < row.length; p++) {
          row[p] = Double.parseDouble(words[p]);
        }
      } catch (NumberFormatException notANumber) {
        throw Posing.damaged(source, "a coordinate is not a number");
      }
      points.add(row);
    }
    return points.cloud();
  }

  private static final class Points {
    private final int[] position = new int[3];
    private final int[] colour = new int[3];
    private final double[] colourScale = {1, 1, 1};
    private final float[] positions;
    private final byte[] colours;
    private int size;

    Points(Header header) {
      List<String> names = header.properties().stream().map(Property::name).toList();
      List<String> axes = List.of("x", "y", "z");
      List<String> channels = List.of("red", "green", "blue");
      for (int i = 0; i < 3; i++) {
        position[i] = names.indexOf(axes.get(i));
        colour[i] = names.indexOf(channels.get(i));
        if (colour[i] >= 0 && header.properties().get(colour[i]).type().matches("float.*|double")) {
          colourScale[i] = 255;
        }
      }
      positions = new float[3 * (int) header.count()];
      colours = new byte[3 * (int) header.count()];
    }

    void add(double[] row) {
      double sum = row[position[0]] + row[position[1]] + row[position[2]];
      if (!Float.isFinite((float) sum)) {
        return;
      }
      for (int i = 0; i < 3; i++) {
        positions[3 * size + i] = (float) row[position[i]];
        double value = colour[i] < 0 ? 128 : row[colour[i]] * colourScale[i];
        colours[3 * size + i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
      }
      size++;
    }

    PointCloud cloud() {
      return new PointCloud(
          java.util.Arrays.copyOf(positions, 3 * size), java.util.Arrays.copyOf(colours, 3 * size));
    }
  }
}
