package fovea.train.network;

/** Pictures of waves, each of another length. */
final class Waves {
  private Waves() {}

  /** N x 3 x edge x edge values from -1 to 1. */
  static float[] pictures(int count, int edge) {
    float[] planes = new float[count * 3 * edge * edge];
    for (int i = 0; i < planes.length; i++) {
      int picture = i / (3 * edge * edge);
      planes[i] = (float) Math.sin(i * (0.1 + 0.07 * picture));
    }
    return planes;
  }
}
