package fovea.train.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variance of the area under the ROC curve: DeLong et al. 1988, with the patients as units
 * (Obuchowski 1997), since two eyes of one person are alike. With one image a patient it is
 * DeLong's.
 */
final class DeLong {
  private DeLong() {}

  /** The standard deviation of the area; 0 where a class comes from fewer than two patients. */
  static double deviation(List<Scored> answers, double area) {
    double[] positives = sorted(answers.stream().filter(Scored::positive).toList());
    double[] negatives = sorted(answers.stream().filter(a -> !a.positive()).toList());
    List<Patient> patients = patients(answers, positives, negatives, area);
    double m = positives.length;
    double n = negatives.length;
    double ofPositives = spread(patients.stream().filter(p -> p.positives > 0).toList(), true);
    double ofNegatives = spread(patients.stream().filter(p -> p.negatives > 0).toList(), false);
    double both = patients.stream().mapToDouble(p -> p.above * p.below).sum();
    double together = patients.size() < 2 ? 0 : both * patients.size() / (patients.size() - 1);
    double variance = ofPositives / (m * m) + ofNegatives / (n * n) + 2 * together / (m * n);
    return Math.sqrt(Math.max(0, variance));
  }

  private static double spread(List<Patient> some, boolean positives) {
    double squares =
        some.stream().mapToDouble(p -> Math.pow(positives ? p.above : p.below, 2)).sum();
    return some.size() < 2 ? 0 : squares * some.size() / (some.size() - 1);
  }

  private static List<Patient> patients(
      List<Scored> answers, double[] positives, double[] negatives, double area) {
    Map<String, Patient> patients = new TreeMap<>();
    for (Scored answer : answers) {
      Patient patient = patients.computeIfAbsent(answer.subject().patient(), p -> new Patient());
      if (answer.positive()) {
        patient.positives++;
        patient.above += below(answer.score(), negatives) - area;
      } else {
        patient.negatives++;
        patient.below += 1 - below(answer.score(), positives) - area;
      }
    }
    return new ArrayList<>(patients.values());
  }

  private static double[] sorted(List<Scored> some) {
    return some.stream().mapToDouble(Scored::score).sorted().toArray();
  }

  // The share of values below one, equal ones counting half.
  private static double below(double value, double[] rising) {
    return (place(value, rising, false) + place(value, rising, true)) / 2.0 / rising.length;
  }

  private static int place(double value, double[] rising, boolean afterEquals) {
    int at = Arrays.binarySearch(rising, value);
    if (at < 0) {
      return -at - 1;
    }
    int step = afterEquals ? 1 : -1;
    int edge = at;
    while (edge + step >= 0 && edge + step < rising.length && rising[edge + step] == value) {
      edge += step;
    }
    return afterEquals ? edge + 1 : edge;
  }

  /** Of one patient's images the summed placements, each less the area. */
  private static final class Patient {
    private int positives;
    private int negatives;
    private double above;
    private double below;
  }
}
