package fovea.train.loop;

import fovea.contract.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A training after some epochs, with all it takes to go on as if it had never stopped.
 *
 * @param values of the network, see {@link fovea.train.network.Network#values()}
 * @param averaged the same, averaged over steps; the same values where none are averaged
 * @param best the values of the best epoch
 */
record Checkpoint(
    List<Epoch> history,
    int bestEpoch,
    float[] values,
    float[] averaged,
    float[] best,
    AdamW.Moments moments) {
  private static final byte[] MAGIC = "fovea-checkpoint-2\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH = 64;
  private static final int EPOCH = 3 * Integer.BYTES + 5 * Double.BYTES;

  static Checkpoint of(Course course, State state) {
    return new Checkpoint(
        course.history(),
        course.bestEpoch(),
        state.values(),
        state.kept(),
        course.values(),
        state.moments());
  }

  /** Whether a training that begins with this state may go on from here. */
  boolean fits(State first) {
    return values.length == first.size()
        && averaged.length == first.size()
        && best.length == first.size()
        && moments.mean().length == first.trainable()
        && moments.variance().length == first.trainable();
  }

  /** Where it stopped; of the same form as the first state. */
  State state(State first) {
    return State.of(values, first.averages() ? averaged : new float[0], moments);
  }

  /** To bytes, their own hash at the end. */
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size());
    bytes.put(MAGIC).putInt(bestEpoch).putInt(moments.steps()).putInt(history.size());
    history.forEach(epoch -> put(epoch, bytes));
    arrays().forEach(array -> put(array, bytes));
    byte[] content = Arrays.copyOf(bytes.array(), bytes.position());
    bytes.put(Sha256.of(content).getBytes(StandardCharsets.US_ASCII));
    return bytes.array();
  }

  /** From bytes; empty where they are not a whole checkpoint of this format. */
  static Optional<Checkpoint> of(byte[] all) {
    if (!isWhole(all)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(all, MAGIC.length, all.length - MAGIC.length);
    int bestEpoch = bytes.getInt();
    int steps = bytes.getInt();
    int epochs = bytes.getInt();
    List<Epoch> history = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      history.add(epoch(bytes));
    }
    float[] values = floats(bytes);
    float[] averaged = floats(bytes);
    float[] best = floats(bytes);
    AdamW.Moments moments = new AdamW.Moments(steps, floats(bytes), floats(bytes));
    return Optional.of(new Checkpoint(history, bestEpoch, values, averaged, best, moments));
  }

  private static boolean isWhole(byte[] all) {
    int end = all.length - HASH;
    return end >= MAGIC.length
        && Arrays.equals(all, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        && Sha256.of(Arrays.copyOf(all, end))
            .equals(new String(all, end, HASH, StandardCharsets.US_ASCII));
  }

  private List<float[]> arrays() {
    return List.of(values, averaged, best, moments.mean(), moments.variance());
  }

  private int size() {
    long floats = arrays().stream().mapToLong(a -> Integer.BYTES + 4L * a.length).sum();
    long epochs = (long) EPOCH * history.size();
    return Math.toIntExact(MAGIC.length + 3 * Integer.BYTES + epochs + floats + HASH);
  }

  private static void put(float[] values, ByteBuffer bytes) {
    bytes.putInt(values.length);
    bytes.asFloatBuffer().put(values);
    bytes.position(bytes.position() + Float.BYTES * values.length);
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] values = new float[bytes.getInt()];
    bytes.asFloatBuffer().get(values);
    bytes.position(bytes.position() + Float.BYTES * values.length);
    return values;
  }

  private static void put(Epoch epoch, ByteBuffer bytes) {
    bytes.putInt(epoch.epoch()).putDouble(epoch.trainLoss()).putDouble(epoch.validationLoss());
    bytes.putDouble(epoch.validationAuc()).putDouble(epoch.learningRate());
    bytes.putInt(epoch.skippedSteps()).putInt(epoch.leftOut()).putDouble(epoch.seconds());
  }

  private static Epoch epoch(ByteBuffer bytes) {
    return new Epoch(
        bytes.getInt(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getInt(),
        bytes.getInt(),
        bytes.getDouble());
  }
}
