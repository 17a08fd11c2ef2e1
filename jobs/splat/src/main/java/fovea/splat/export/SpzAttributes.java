package fovea.splat.export;

import fovea.splat.model.Splats;
import java.io.IOException;
import java.io.OutputStream;

/** The six kinds of numbers of an SPZ file, in its order, packed a few thousand bytes at a time. */
record SpzAttributes(Splats splats, int fractionBits) {
  static final int KINDS = 6;

  private static final int PIECE = 1 << 14;

  void write(int kind, OutputStream out) throws IOException {
    Piece piece = new Piece(out);
    for (int i = 0; i < splats.count(); i++) {
      switch (kind) {
        case 0 -> position(i, piece);
        case 1 -> piece.put(SpzCode.alpha(splats.opacity(i)));
        case 2 -> colour(i, piece);
        case 3 -> scale(i, piece);
        case 4 -> rotation(i, piece);
        default -> harmonics(i, piece);
      }
      piece.spill(PIECE);
    }
    piece.spill(1);
  }

  private void position(int i, Piece piece) {
    for (int k = 0; k < 3; k++) {
      int fixed = SpzCode.fixed(Upright.POSITION[k] * splats.means[3 * i + k], fractionBits);
      piece.put((byte) fixed);
      piece.put((byte) (fixed >> 8));
      piece.put((byte) (fixed >> 16));
    }
  }

  private void colour(int i, Piece piece) {
    for (int k = 3 * i; k < 3 * i + 3; k++) {
      piece.put(SpzCode.colour(splats.sh0[k]));
    }
  }

  private void scale(int i, Piece piece) {
    for (int k = 3 * i; k < 3 * i + 3; k++) {
      piece.put(SpzCode.scale(splats.logScales[k]));
    }
  }

  private void rotation(int i, Piece piece) {
    float[] q = Rotations.unit(splats, i);
    for (int k = 0; k < 4; k++) {
      q[k] *= Upright.ROTATION[k];
    }
    int packed = Rotations.packed(q);
    for (int shift = 0; shift < 32; shift += 8) {
      piece.put((byte) (packed >> shift));
    }
  }

  private void harmonics(int i, Piece piece) {
    int rest = splats.restSize();
    for (int k = 0; k < rest; k++) {
      piece.put(SpzCode.harmonic(Upright.HARMONICS[k / 3] * splats.shRest[rest * i + k]));
    }
  }

  /** Bytes on their way out. */
  private static final class Piece {
    private static final int ROOM = 64;

    private final byte[] bytes = new byte[PIECE + ROOM];
    private final OutputStream out;
    private int size;

    Piece(OutputStream out) {
      this.out = out;
    }

    void put(byte value) {
      bytes[size++] = value;
    }

    void spill(int least) throws IOException {
      if (size >= least) {
        out.write(bytes, 0, size);
        size = 0;
      }
    }
  }
}
