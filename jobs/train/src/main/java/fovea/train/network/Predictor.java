package fovea.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import fovea.train.data.Normalisation;
import fovea.train.data.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Answers to pictures, for one thread. The network stays the caller's to close. */
public final class Predictor {
  private final Network network;
  private final Normalisation normalisation;
  private final Objective objective;
  private final Views views;

  /** Gradients must be off on this thread; the network has the objective's number of outputs. */
  public Predictor(Network network, Normalisation normalisation, Objective objective, Views views) {
    this.network = network;
    this.normalisation = normalisation;
    this.objective = objective;
    this.views = views;
  }

  /** Of a network that is asked for referable alone, once. */
  public Predictor(Network network, Normalisation normalisation) {
    this(network, normalisation, Objective.BINARY, Views.ONE);
  }

  /**
   * The probability of referable, a picture each.
   *
   * @param pictures edge x edge x 3 bytes each; they go through the network together
   */
  public float[] scores(List<byte[]> pictures) {
    float[][] logits = logits(pictures);
    float[] scores = new float[logits.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) objective.referable(logits[i]);
    }
    return scores;
  }

  /**
   * The network's logits, the mean over the views: a row of {@link Objective#outputs} a picture.
   *
   * @param pictures see {@link #scores}
   */
  public float[][] logits(List<byte[]> pictures) {
    return each(pictures, input -> views.mean(input, network::infer));
  }

  /** What the network's last layer is given: a row of features a picture, see {@link #scores}. */
  public float[][] embeddings(List<byte[]> pictures) {
    return each(pictures, input -> views.mean(input, network::embed));
  }

  private float[][] each(List<byte[]> pictures, UnaryOperator<NDArray> question) {
    int edge = network.edge();
    float[] planes = new float[pictures.size() * 3 * edge * edge];
    for (int i = 0; i < pictures.size(); i++) {
      normalisation.write(pictures.get(i), planes, i * 3 * edge * edge);
    }
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray input = scope.create(planes, new Shape(pictures.size(), 3, edge, edge));
      NDArray answers = question.apply(input);
      int width = (int) answers.getShape().get(1);
      float[] flat = answers.toFloatArray();
      float[][] rows = new float[pictures.size()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
      }
      return rows;
    }
  }
}
