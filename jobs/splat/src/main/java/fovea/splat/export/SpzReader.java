package fovea.splat.export;

import fovea.splat.model.Splats;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads SPZ of versions 2 to 4. A file is unpacked twice: first only to see whether it holds as
 * much as it claims, so that no memory is taken on its word.
 */
public final class SpzReader {
  private static final int PIECE = 1 << 16;
  private static final int MOST_EXTENSIONS = 1 << 20;

  private SpzReader() {}

  /**
   * Reads a model.
   *
   * @throws fovea.contract.errors.CallerMistake where the file is anything else, claims more than
   *     it holds, or does not fit into memory
   */
  public static Splats read(Path file) throws IOException {
    SpzSource source = SpzSource.of(file);
    long expected = (long) source.count() * source.bytesEach();
    if (source.count() > Checks.MOST_GAUSSIANS) {
      throw Checks.damaged("it claims " + source.count() + " Gaussians");
    }
    try (InputStream unpacked = source.open()) {
      if (!holds(unpacked, expected)) {
        throw Checks.damaged("it claims more Gaussians than it holds");
      }
    } catch (IOException unreadable) {
      throw Checks.damaged("it cannot be unpacked");
    }
    Splats splats = Checks.room(source.count(), source.degree());
    try (DataInputStream in = new DataInputStream(source.open())) {
      fill(splats, source, in);
    }
    return Checks.finite(splats);
  }

  private static boolean holds(InputStream in, long expected) throws IOException {
    byte[] piece = new byte[PIECE];
    long seen = 0;
    while (seen < expected) {
      int read = in.read(piece, 0, (int) Math.min(PIECE, expected - seen));
      if (read < 0) {
        return false;
      }
      seen += read;
    }
    // To the end, where the sum of checks is; extensions of others may stand before it.
    for (int more = 0; more < MOST_EXTENSIONS; more += PIECE) {
      if (in.readNBytes(piece, 0, PIECE) < PIECE) {
        break;
      }
    }
    return true;
  }

  private static void fill(Splats s, SpzSource source, DataInputStream in) throws IOException {
    int n = s.count();
    for (int k = 0; k < 3 * n; k++) {
      float value =
          SpzCode.position(
              in.readUnsignedByte(),
              in.readUnsignedByte(),
              in.readUnsignedByte(),
              source.fractionBits());
      s.means[k] = Upright.POSITION[k % 3] * value;
    }
    for (int i = 0; i < n; i++) {
      s.logitOpacities[i] = SpzCode.logit(in.readUnsignedByte());
    }
    for (int k = 0; k < 3 * n; k++) {
      s.sh0[k] = SpzCode.sh0(in.readUnsignedByte());
    }
    for (int k = 0; k < 3 * n; k++) {
      s.logScales[k] = SpzCode.logScale(in.readUnsignedByte());
    }
    for (int i = 0; i < n; i++) {
      rotation(s, i, source, in);
    }
    int rest = s.restSize();
    for (int k = 0; k < rest * n; k++) {
      s.shRest[k] = Upright.HARMONICS[k % rest / 3] * SpzCode.harmonic(in.readUnsignedByte());
    }
  }

  private static void rotation(Splats s, int i, SpzSource source, DataInputStream in)
      throws IOException {
    if (source.rotationBytes() == 4) {
      Rotations.unpack(Integer.reverseBytes(in.readInt()), s.rotations, 4 * i);
    } else {
      double square = 0;
      for (int k = 1; k < 4; k++) {
        float part = in.readUnsignedByte() / 127.5f - 1;
        s.rotations[4 * i + k] = part;
        square += part * part;
      }
      s.rotations[4 * i] = (float) Math.sqrt(Math.max(0, 1 - square));
    }
    for (int k = 0; k < 4; k++) {
      s.rotations[4 * i + k] *= Upright.ROTATION[k];
    }
  }
}
