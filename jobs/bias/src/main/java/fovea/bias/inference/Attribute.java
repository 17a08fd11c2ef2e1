package fovea.bias.inference;

import fovea.bias.inference.Inference.Plan;
import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.Measure;
import fovea.bias.metrics.Metric;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.contract.statistics.Interval;
import fovea.contract.statistics.Levels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One attribute's intervals and p-values. */
final class Attribute {
  private final AttributeFrames frames;
  private final Map<String, GroupCounts> counts;
  private final Cohort cohort;
  private final Plan plan;
  private final Evaluator evaluator;
  private final Bootstrap bootstrap;
  private final Effects effects;
  private final boolean[] eligible;

  Attribute(
      AttributeFrames frames,
      Map<String, GroupCounts> counts,
      Cohort cohort,
      List<Measure> measures,
      Plan plan) {
    this.frames = frames;
    this.counts = counts;
    this.cohort = cohort;
    this.plan = plan;
    this.evaluator = new Evaluator(cohort.scheme(), measures);
    this.bootstrap = new Bootstrap(cohort, evaluator, plan.replicates(), plan.seed());
    this.effects = new Effects(cohort, evaluator);
    this.eligible = new boolean[cohort.groups().size()];
    for (int g = 0; g < eligible.length; g++) {
      eligible[g] =
          !cohort.groups().get(g).equals(MetricFrame.UNKNOWN)
              && effects.patients(g) >= plan.smallest();
    }
  }

  Tested tested(int permutations) {
    List<MetricFrame> metrics = new ArrayList<>();
    boolean[][] compared = new boolean[evaluator.size()][];
    for (int m = 0; m < evaluator.size(); m++) {
      MetricFrame frame = frame(m);
      compared[m] = compared(frame);
      metrics.add(frame.metric().equals("count") ? frame : withIntervals(frame, m, compared[m]));
    }
    double[] p =
        new Permutation(cohort, evaluator, eligible, compared)
            .pValues(cohort, permutations, plan.seed() + 1);
    Map<String, Double> values = new LinkedHashMap<>();
    for (int m = 0; m < p.length; m++) {
      if (!Double.isNaN(p[m]) && evaluator.measure(m).metric() != Metric.COUNT) {
        values.put(evaluator.measure(m).word(), p[m]);
      }
    }
    return new Tested(new AttributeFrames(frames.attribute(), metrics, frames.summary()), values);
  }

  private MetricFrame frame(int m) {
    return frames.frame(evaluator.measure(m).word()).orElseThrow();
  }

  private boolean[] compared(MetricFrame frame) {
    boolean[] compared = new boolean[eligible.length];
    for (int g = 0; g < compared.length; g++) {
      compared[g] = eligible[g] && frame.group(cohort.groups().get(g)).value() != null;
    }
    return compared;
  }

  private MetricFrame withIntervals(MetricFrame frame, int m, boolean[] compared) {
    SortedMap<String, Estimate> byGroup = new TreeMap<>(MetricFrame.inOrder());
    frame
        .byGroup()
        .forEach((name, e) -> byGroup.put(name, interval(e, m, cohort.groups().indexOf(name))));
    Estimate overall = interval(frame.overall(), m, bootstrap.all());
    int high = place(frame.highest());
    int low = place(frame.lowest());
    if (high < 0 || low < 0) {
      return frame.with(overall, byGroup, frame.difference(), frame.ratio(), null);
    }
    int[] places = IntStream.range(0, compared.length).filter(g -> compared[g]).toArray();
    double z = Math.max(Interval.Z95, bootstrap.simultaneous(m, places));
    return frame.with(
        overall,
        byGroup,
        frame.difference().within(difference(frame, m, high, low, z)),
        frame.ratio().within(ratio(frame.ratio(), m, high, low, z)),
        null);
  }

  private int place(@Nullable String group) {
    return group == null ? -1 : cohort.groups().indexOf(group);
  }

  private Estimate interval(Estimate estimate, int m, int group) {
    Double value = estimate.value();
    Long count = estimate.count();
    if (value == null || count == null || group < 0) {
      return estimate;
    }
    return estimate.within(
        evaluator.measure(m).metric().isProportion()
            ? Interval.wilson(value, independent(value, count, group, m), Interval.Z95)
            : plan.rounding().figure(ofScale(value, m, group)));
  }

  private double independent(double rate, long rows, int group, int m) {
    return plan.rounding().independent(rate, rows, rows / effects.design(group, m));
  }

  private @Nullable Interval ofScale(double value, int m, int group) {
    Metric metric = evaluator.measure(m).metric();
    if (metric == Metric.AUC) {
      return area(value, m, group);
    }
    double deviation = bootstrap.deviation(group, m);
    if (!(deviation > 0)) {
      return null;
    }
    return switch (metric) {
      case BALANCED_ACCURACY, AUPRC -> Interval.logit(value, deviation, Interval.Z95);
      case QUADRATIC_WEIGHTED_KAPPA -> Interval.normal(value, deviation, Interval.Z95);
      default -> {
        Interval plain = Interval.normal(value, deviation, Interval.Z95);
        yield new Interval(Math.max(0, plain.lower()), plain.upper());
      }
    };
  }

  private @Nullable Interval area(double value, int m, int group) {
    double variance = areaVariance(m, group);
    if (variance > 0) {
      return Interval.logit(value, Math.sqrt(variance), Interval.Z95);
    }
    // Without one overlap the variance says nothing; as many comparisons as the rarer label has.
    long[] sizes = levels(group).sizes();
    return variance == 0
        ? Interval.wilson(value, Math.min(sizes[0], sizes[1]), Interval.Z95)
        : null;
  }

  private double areaVariance(int m, int group) {
    return effects.areaVariance(levels(group), group, bootstrap.deviation(group, m));
  }

  private Levels levels(int group) {
    if (group == bootstrap.all()) {
      return ModelMetrics.all(Map.of("", counts)).levels();
    }
    GroupCounts one = counts.get(cohort.groups().get(group));
    return one == null ? Levels.NONE : one.levels();
  }

  private @Nullable Interval difference(MetricFrame frame, int m, int high, int low, double z) {
    Estimate most = frame.group(cohort.groups().get(high));
    Estimate least = frame.group(cohort.groups().get(low));
    Double a = most.value();
    Double b = least.value();
    Long ofA = most.count();
    Long ofB = least.count();
    if (a == null || b == null || ofA == null || ofB == null) {
      return null;
    }
    if (evaluator.measure(m).metric().isProportion()) {
      return Interval.newcombe(a, independent(a, ofA, high, m), b, independent(b, ofB, low, m), z);
    }
    double deviation =
        evaluator.measure(m).metric() == Metric.AUC
            ? Math.sqrt(areaVariance(m, high) + areaVariance(m, low))
            : bootstrap.deviation(high, low, m);
    return deviation > 0 ? Interval.normal(a - b, deviation, z) : null;
  }

  private @Nullable Interval ratio(Estimate ratio, int m, int high, int low, double z) {
    Double value = ratio.value();
    double deviation = bootstrap.logDeviation(low, high, m);
    if (value == null || !(value > 0) || !(deviation > 0)) {
      return null;
    }
    return new Interval(
        value * Math.exp(-z * deviation), Math.min(1e6, value * Math.exp(z * deviation)));
  }
}
