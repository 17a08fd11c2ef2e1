package fovea.train.network;

import fovea.train.data.Normalisation;
import java.io.Serializable;

/**
 * What one must know to use a file of weights: {@code model.json}.
 *
 * @param format of the weights
 * @param objective what its logits answer, a word of {@link fovea.train.data.Objective}
 * @param imageSize edge of the input in pixels, RGB, shrunk by area averaging
 * @param views of a picture that is judged; files of before have none and mean 1
 * @param parametersVersion of the normalised images it was trained on
 * @param threshold at which a score is called referable, chosen on the validation part
 * @param meaning of a score of 1
 * @param sha256 of the weights
 */
public record NetworkHeader(
    String format,
    String architecture,
    String objective,
    int imageSize,
    Normalisation normalisation,
    int views,
    String parametersVersion,
    double threshold,
    String meaning,
    long weights,
    String sha256)
    implements Serializable {

  /** A file without views is of a network that was judged by one. */
  public NetworkHeader {
    views = Math.max(1, views);
  }

  /** The format this version writes. */
  public static final String FORMAT = "fovea-weights-2";

  /** What every network of Fovea predicts. */
  public static final String REFERABLE = "referable diabetic retinopathy (ICDR grade 2 or more)";
}
