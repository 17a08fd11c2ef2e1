package fovea.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import fovea.train.data.Normalisation;
import java.util.List;

/** Scores of pictures, for one thread. The network stays the caller's to close. */
public final class Predictor {
  private final Network network;
  private final Normalisation normalisation;

  /** Gradients must be off on this thread. */
  public Predictor(Network network, Normalisation normalisation) {
    this.network = network;
    this.normalisation = normalisation;
  }

  /**
   * The probability of referable, a picture each.
   *
   * @param pictures edge x edge x 3 bytes each; they go through the network together
   */
  public float[] scores(List<byte[]> pictures) {
    int edge = network.edge();
    float[] planes = new float[pictures.size() * 3 * edge * edge];
    for (int i = 0; i < pictures.size(); i++) {
      normalisation.write(pictures.get(i), planes, i * 3 * edge * edge);
    }
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray input = scope.create(planes, new Shape(pictures.size(), 3, edge, edge));
      float[] logits = network.infer(input).toFloatArray();
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) (1 / (1 + Math.exp(-logits[i])));
      }
      return logits;
    }
  }
}
