package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.List;

/** Native arrays as one Java array, one after the other. */
final class Flat {
  private Flat() {}

  static float[] read(List<NDArray> arrays) {
    FloatBuffer all = FloatBuffer.allocate(size(arrays));
    arrays.forEach(array -> all.put(array.toFloatArray()));
    return all.array();
  }

  static void write(float[] values, List<NDArray> arrays) {
    if (values.length != size(arrays)) {
      throw new IllegalArgumentException(values.length + " values for " + size(arrays));
    }
    FloatBuffer all = FloatBuffer.wrap(values);
    for (NDArray array : arrays) {
      float[] part = new float[Math.toIntExact(array.size())];
      all.get(part);
      array.set(part);
    }
  }

  private static int size(List<NDArray> arrays) {
    return Math.toIntExact(arrays.stream().mapToLong(NDArray::size).sum());
  }
}
