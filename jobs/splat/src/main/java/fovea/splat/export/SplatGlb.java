package fovea.splat.export;

import fovea.contract.errors.CallerMistake;
import fovea.splat.model.Splats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Binary glTF 2.0 with {@code KHR_gaussian_splatting}: a primitive of points with rotation (x y z
 * w), scale (not its logarithm), opacity (0 to 1) and spherical harmonics in full floats, and
 * vertex colours for viewers that know only points. Axes are turned as {@link Upright} says.
 * Source: the extension in github.com/KhronosGroup/glTF.
 */
public final class SplatGlb {
  private static final int MAGIC = 0x46546C67; // "glTF"
  private static final int JSON = 0x4E4F534A;
  private static final int BINARY = 0x004E4942;
  private static final int ROWS = 1024;

  private SplatGlb() {}

  /**
   * Writes a file, whole or not at all.
   *
   * @throws CallerMistake where it would not fit into the 4 GiB of the format
   */
  public static void write(Splats splats, Path file) throws IOException {
    List<GlbAttribute> attributes = GlbAttribute.of(splats);
    long binary =
        (long) splats.count() * attributes.stream().mapToInt(GlbAttribute::bytesEach).sum();
    byte[] json = GlbJson.of(splats, attributes, binary).getBytes(StandardCharsets.UTF_8);
    long total = 12 + 8 + json.length + 8 + binary;
    if (total > 0xffffffffL) {
      throw new CallerMistake(
          "model-too-large",
          splats.count() + " Gaussians do not fit into a GLB",
          "Lower --cap, or take the SPZ");
    }
    WholeFile.write(
        file,
        out -> {
          out.write(words(MAGIC, 2, (int) total, json.length, JSON));
          out.write(json);
          out.write(words((int) binary, BINARY));
          for (GlbAttribute attribute : attributes) {
            write(attribute, splats.count(), out);
          }
        });
  }

  private static void write(GlbAttribute attribute, int count, OutputStream out)
      throws IOException {
    ByteBuffer rows =
        ByteBuffer.allocate(ROWS * attribute.bytesEach()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      attribute.row().put(i, rows);
      if (!rows.hasRemaining() || i == count - 1) {
        out.write(rows.array(), 0, rows.position());
        rows.clear();
      }
    }
  }

  private static byte[] words(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }
}
