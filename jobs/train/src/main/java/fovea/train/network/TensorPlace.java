package fovea.train.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where in an archive a tensor lies.
 *
 * @param offset of its first value in the storage
 * @param strides in values
 */
record TensorPlace(Storage storage, long offset, List<Integer> shape, List<Integer> strides) {
  /**
   * One entry of values.
   *
   * @param type its class in PyTorch
   * @param name of the entry under {@code data/}
   */
  record Storage(String type, String name) {
    int bytes() {
      return switch (type) {
        case "torch.FloatStorage" -> Float.BYTES;
        case "torch.HalfStorage", "torch.BFloat16Storage" -> Short.BYTES;
        case "torch.DoubleStorage" -> Double.BYTES;
        default -> 0;
      };
    }

    private float value(ByteBuffer values, int at) {
      return switch (type) {
        case "torch.FloatStorage" -> values.getFloat(at * Float.BYTES);
        case "torch.DoubleStorage" -> (float) values.getDouble(at * Double.BYTES);
        case "torch.BFloat16Storage" ->
            Float.intBitsToFloat(values.getShort(at * Short.BYTES) << Short.SIZE);
        default -> half(values.getShort(at * Short.BYTES));
      };
    }

    // IEEE 754 binary16; the JDK has a method for it from version 20 on.
    private static float half(short bits) {
      int exponent = bits >> 10 & 0x1F;
      int fraction = bits & 0x3FF;
      double value =
          switch (exponent) {
            case 0 -> Math.scalb((double) fraction, -24);
            case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb(1024.0 + fraction, exponent - 25);
          };
      return (float) (bits < 0 ? -value : value);
    }
  }

  /** Of the arguments of {@code torch._utils._rebuild_tensor_v2}. */
  static TensorPlace of(List<?> arguments) {
    return new TensorPlace(
        (Storage) arguments.get(0),
        (Long) arguments.get(1),
        integers((List<?>) arguments.get(2)),
        integers((List<?>) arguments.get(3)));
  }

  /**
   * The tensor's values in the usual order, the last dimension fastest.
   *
   * @param entry the whole storage, little-endian
   * @throws IndexOutOfBoundsException where the tensor does not lie in it
   */
  float[] values(byte[] entry) {
    ByteBuffer bytes = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    boolean inOrder = strides.equals(usualStrides(shape));
    for (int i = 0; i < values.length; i++) {
      values[i] = storage.value(bytes, Math.toIntExact(offset + (inOrder ? i : place(i))));
    }
    return values;
  }

  /** Strides of a tensor whose last dimension runs fastest. */
  static List<Integer> usualStrides(List<Integer> shape) {
    List<Integer> strides = new ArrayList<>();
    int stride = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides.add(stride);
      stride *= shape.get(i);
    }
    Collections.reverse(strides);
    return strides;
  }

  private long place(int index) {
    long place = 0;
    int rest = index;
    for (int d = shape.size() - 1; d >= 0; d--) {
      place += (long) strides.get(d) * (rest % shape.get(d));
      rest /= shape.get(d);
    }
    return place;
  }

  private static List<Integer> integers(List<?> values) {
    return values.stream().map(v -> Math.toIntExact((Long) v)).toList();
  }
}
