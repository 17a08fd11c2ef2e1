package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import fovea.train.data.Objective;
import fovea.train.data.Sample;
import fovea.train.metrics.Scored;
import fovea.train.network.Network;
import fovea.train.network.Predictor;
import java.util.ArrayList;
import java.util.List;

/** Asks a network about samples, as they are, and compares with the truth. */
final class Judge {
  private final Network network;
  private final Predictor predictor;
  private final Loss loss;
  private final ClassWeights weights;
  private final int most;

  Judge(Network network, Basis basis) {
    TrainSettings settings = basis.settings();
    this.network = network;
    this.loss = Loss.of(settings.loss());
    this.predictor =
        new Predictor(network, basis.normalisation(), loss.objective(), settings.views());
    this.weights = basis.weights();
    this.most = settings.batch();
  }

  Verdict of(List<Sample> samples) {
    List<Scored> answers = new ArrayList<>();
    double sum = 0;
    for (int from = 0; from < samples.size(); from += most) {
      List<Sample> some = samples.subList(from, Math.min(samples.size(), from + most));
      float[][] logits = predictor.logits(some.stream().map(Sample::rgb).toList());
      for (int i = 0; i < logits.length; i++) {
        answers.add(scored(some.get(i), logits[i]));
      }
      sum += loss(some, logits) * some.size();
    }
    return new Verdict(answers, sum / Math.max(1, samples.size()));
  }

  private Scored scored(Sample sample, float[] logits) {
    Objective objective = loss.objective();
    return new Scored(
        objective.referable(logits), sample.grade(), objective.grade(logits), sample.subject());
  }

  private double loss(List<Sample> samples, float[][] logits) {
    int n = samples.size();
    float[][] targets = new float[n][];
    float[][] factors = new float[n][];
    for (int i = 0; i < n; i++) {
      targets[i] = loss.objective().target(samples.get(i).grade());
      factors[i] = weights.of(samples.get(i).grade());
    }
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray value = loss.of(scope.create(logits), scope.create(targets), scope.create(factors));
      return value.getFloat();
    }
  }

  /**
   * What came out.
   *
   * @param loss the weighted mean over the samples
   */
  record Verdict(List<Scored> answers, double loss) {}
}
