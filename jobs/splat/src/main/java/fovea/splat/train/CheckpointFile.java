package fovea.splat.train;

import fovea.splat.model.Splats;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A training as bytes, big-endian: the word {@code fovea-splats}, version, {@link Fingerprint},
 * step, Gaussians, floats a Gaussian, other floats; then for parameters, first and second moments
 * each the arrays of {@link Splats} in their order, cut to the count; the other arrays; CRC-32C of
 * all that.
 *
 * <p>The header must agree with what the trainer has already allocated before anything is read into
 * it, so a damaged file cannot ask for memory.
 */
public final class CheckpointFile {
  private static final byte[] MAGIC =
      "fovea-splats".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int CHUNK = 1 << 14;

  private CheckpointFile() {}

  /**
   * Writes; does not close the stream.
   *
   * @param iteration steps done
   */
  public static void write(
      OutputStream stream, byte[] fingerprint, int iteration, TrainingState state)
      throws IOException {
    CRC32C sum = new CRC32C();
    DataOutputStream out = new DataOutputStream(new CheckedOutputStream(stream, sum));
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * CHUNK);
    Splats splats = state.splats();
    buffer.put(MAGIC).putInt(VERSION).put(fingerprint).putInt(iteration);
    buffer.putInt(splats.count()).putInt(splats.floatsEach()).putLong(state.otherFloats());
    out.write(buffer.array(), 0, buffer.position());
    for (Splats each : state.gaussians()) {
      for (float[] part : each.parts()) {
        write(part, splats.used(part), buffer, out);
      }
    }
    for (float[] other : state.others()) {
      write(other, other.length, buffer, out);
    }
    out.writeInt((int) sum.getValue());
    out.flush();
  }

  /**
   * Reads into {@code state}, which on an exception may be half overwritten.
   *
   * @param iterations the training's steps in all
   * @return steps done
   * @throws IOException where it is of another version or training, or damaged
   */
  public static int read(
      InputStream stream, byte[] fingerprint, int iterations, TrainingState state)
      throws IOException {
    CRC32C sum = new CRC32C();
    DataInputStream in = new DataInputStream(new CheckedInputStream(stream, sum));
    try {
      require(Arrays.equals(in.readNBytes(MAGIC.length), MAGIC), "it is no checkpoint");
      require(in.readInt() == VERSION, "it is of another version");
      require(
          Arrays.equals(in.readNBytes(Fingerprint.BYTES), fingerprint),
          "it belongs to other photographs or settings");
      int iteration = in.readInt();
      int count = in.readInt();
      Splats splats = state.splats();
      boolean fits =
          iteration >= 0
              && iteration <= iterations
              && count > 0
              && count <= splats.capacity()
              && in.readInt() == splats.floatsEach()
              && in.readLong() == state.otherFloats();
      require(fits, "its lengths are wrong");
      arrays(in, count, state);
      int expected = (int) sum.getValue();
      require(in.readInt() == expected && in.read() < 0, "its checksum is wrong");
      return iteration;
    } catch (EOFException cut) {
      throw new IOException("it is cut off", cut);
    }
  }

  private static void arrays(DataInputStream in, int count, TrainingState state)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * CHUNK);
    for (Splats each : state.gaussians()) {
      each.resize(count);
      for (float[] part : each.parts()) {
        read(part, each.used(part), buffer, in);
      }
    }
    for (float[] other : state.others()) {
      read(other, other.length, buffer, in);
    }
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  private static void write(float[] values, int size, ByteBuffer buffer, OutputStream out)
      throws IOException {
    for (int from = 0; from < size; from += CHUNK) {
      int n = Math.min(CHUNK, size - from);
      buffer.clear().asFloatBuffer().put(values, from, n);
      out.write(buffer.array(), 0, Float.BYTES * n);
    }
  }

  private static void read(float[] values, int size, ByteBuffer buffer, DataInputStream in)
      throws IOException {
    for (int from = 0; from < size; from += CHUNK) {
      int n = Math.min(CHUNK, size - from);
      in.readFully(buffer.array(), 0, Float.BYTES * n);
      buffer.clear().asFloatBuffer().get(values, from, n);
    }
  }
}
