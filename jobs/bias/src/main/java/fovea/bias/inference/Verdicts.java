package fovea.bias.inference;

import fovea.bias.metrics.Event;
import fovea.bias.metrics.Evidence;
import fovea.bias.metrics.Measure;
import fovea.bias.metrics.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** P-values of all attributes, adjusted together in two families: spoken of first, and the rest. */
final class Verdicts {
  private Verdicts() {}

  static String key(String attribute, String metric) {
    return attribute + "\n" + metric;
  }

  static boolean isPrimary(Measure measure) {
    return measure.event().equals(Event.AS_PREDICTED) && measure.metric().isPrimary();
  }

  /** Tests of one attribute in the larger family: the smaller must not size the work for both. */
  static long largestFamily(List<Measure> measures) {
    return Math.max(
        measures.stream().filter(Verdicts::isPrimary).count(),
        measures.stream().filter(Verdicts::isSecondary).count());
  }

  private static boolean isSecondary(Measure measure) {
    return !isPrimary(measure) && measure.metric() != Metric.COUNT && same(measure).equals(measure);
  }

  static Map<String, Evidence> of(List<Tested> tested, List<Measure> measures) {
    Map<String, Evidence> evidence = new HashMap<>();
    adjust(tested, measures.stream().filter(Verdicts::isPrimary).toList(), evidence);
    adjust(tested, measures.stream().filter(Verdicts::isSecondary).toList(), evidence);
    for (Tested attribute : tested) {
      for (Measure measure : measures) {
        String name = attribute.frames().attribute();
        Evidence found = evidence.get(key(name, same(measure).word()));
        if (found != null) {
          evidence.put(key(name, measure.word()), found);
        }
      }
    }
    return evidence;
  }

  // A miss is a positive not found: one test, not two.
  private static Measure same(Measure measure) {
    return new Measure(measure.metric().sameDifference(), measure.event());
  }

  private static void adjust(
      List<Tested> tested, List<Measure> family, Map<String, Evidence> evidence) {
    List<String> keys = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Tested attribute : tested) {
      for (Measure measure : family) {
        Double p = attribute.p().get(measure.word());
        if (p != null) {
          keys.add(key(attribute.frames().attribute(), measure.word()));
          values.add(p);
        }
      }
    }
    double[] p = values.stream().mapToDouble(Double::doubleValue).toArray();
    double[] holm = Multiplicity.holm(p);
    double[] bh = Multiplicity.benjaminiHochberg(p);
    for (int i = 0; i < p.length; i++) {
      evidence.put(keys.get(i), new Evidence(p[i], holm[i], bh[i]));
    }
  }
}
