package fovea.bias.inference;

import fovea.bias.metrics.Event;
import fovea.bias.metrics.Matrix;
import fovea.bias.metrics.Measure;
import fovea.bias.metrics.Metric;
import fovea.contract.statistics.Levels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures over samples: values, their variances for independent rows, and who counts in a rate.
 */
final class Evaluator {
  private final Scheme scheme;
  private final List<Measure> measures;
  private final int[] rates;
  private final boolean[][] trials;
  private final boolean[][] successes;

  Evaluator(Scheme scheme, List<Measure> measures) {
    this.scheme = scheme;
    this.measures = measures;
    rates =
        IntStream.range(0, measures.size())
            .filter(m -> measures.get(m).metric().isProportion())
            .toArray();
    trials = new boolean[rates.length][scheme.outcomes()];
    successes = new boolean[rates.length][scheme.outcomes()];
    long[] counts = new long[scheme.outcomes()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = 1;
      mark(i, new Sample(scheme, counts, 0));
      counts[i] = 0;
    }
  }

  int size() {
    return measures.size();
  }

  Measure measure(int place) {
    return measures.get(place);
  }

  Sample sample(long[] counts, int group) {
    return new Sample(scheme, counts, group * scheme.outcomes());
  }

  double[] values(Sample sample) {
    double[] values = new double[measures.size()];
    for (int m = 0; m < values.length; m++) {
      values[m] = measures.get(m).value(sample);
    }
    return values;
  }

  /** Up to a factor all groups share; one success and one failure are added to a rate. */
  double variance(int measure, Sample sample) {
    Metric metric = measures.get(measure).metric();
    Event event = measures.get(measure).event();
    Levels levels = sample.levels();
    Matrix outcomes = event.of(sample);
    if (metric.isProportion()) {
      double trials = metric.trials(outcomes);
      double rate = (metric.successes(outcomes) + 1) / (trials + 2);
      return rate * (1 - rate) / trials;
    }
    return switch (metric) {
      case BALANCED_ACCURACY -> outcomes.balancedVariance();
      case AUC -> levels.aucVariance();
      case BRIER -> levels.brierVariance();
      case AUPRC -> 1.0 / levels.sizes()[1];
      default -> 1.0 / outcomes.count();
    };
  }

  /** The measures that are rates. */
  int[] rates() {
    return rates;
  }

  /** By rate and outcome: whether such a row is among those the rate is out of. */
  boolean[][] trials() {
    return trials;
  }

  /** By rate and outcome: whether such a row is counted by the rate. */
  boolean[][] successes() {
    return successes;
  }

  private void mark(int outcome, Sample one) {
    for (int r = 0; r < rates.length; r++) {
      Metric metric = measures.get(rates[r]).metric();
      Matrix outcomes = measures.get(rates[r]).event().of(one);
      trials[r][outcome] = metric.trials(outcomes) > 0;
      successes[r][outcome] = metric.successes(outcomes) > 0;
    }
  }
}
