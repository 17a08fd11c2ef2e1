package fovea.train.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Weights as bytes: float32, little-endian, nothing else. What they mean stands in the header
 * beside the file, so a file of a wrong length is refused before anything is allocated.
 */
public final class WeightsFile {
  private WeightsFile() {}

  /** To bytes. */
  public static byte[] write(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /**
   * From bytes.
   *
   * @throws IllegalArgumentException where they are no whole number of finite values
   */
  public static float[] read(byte[] bytes) {
    if (bytes.length % 4 != 0) {
      throw new IllegalArgumentException("not a file of weights: " + bytes.length + " bytes");
    }
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a weight is not finite");
      }
    }
    return values;
  }
}
