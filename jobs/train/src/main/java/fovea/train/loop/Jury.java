package fovea.train.loop;

import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.metrics.Evaluation;
import fovea.train.metrics.Roc;
import fovea.train.network.Network;
import fovea.train.network.Torch;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/** Judges networks on the parts that no trainer sees. */
public record Jury(Basis basis, List<Sample> validation, List<Sample> test)
    implements Serializable {

  /** Of these samples; those of the training part are left aside. */
  public static Jury of(Basis basis, List<Sample> samples) {
    return new Jury(basis, Part.VALIDATION.among(samples), Part.TEST.among(samples));
  }

  /** Reads how these values do. */
  public Reading read(float[] values) {
    return asked(values, this::read);
  }

  /** Judges these values. */
  public Verdicts judge(float[] values) {
    return asked(values, this::judge);
  }

  Reading read(Judge judge) {
    return Reading.of(judge.of(validation));
  }

  Verdicts judge(Judge judge) {
    var tuned = judge.of(validation).answers();
    double threshold = Roc.of(tuned).youdenThreshold();
    return new Verdicts(
        Evaluation.of(tuned, threshold), Evaluation.of(judge.of(test).answers(), threshold));
  }

  private <T> T asked(float[] values, Function<Judge, T> question) {
    return Engine.alone(
        () -> {
          Torch.forPrediction(basis.settings().threadsHere());
          try (Network network = basis.network(values)) {
            return question.apply(basis.judge(network));
          }
        });
  }
}
