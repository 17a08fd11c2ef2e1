package fovea.contract.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variance of the area under the ROC curve: DeLong et al. 1988, with the patients as units
 * (Obuchowski 1997), since two eyes of one person are alike. With one image a patient it is
 * DeLong's, that of {@link Levels#aucVariance}.
 */
public final class DeLong {
  private DeLong() {}

  /**
   * One answer.
   *
   * @param score finite
   * @param patient whose it is
   */
  public record Answer(double score, boolean positive, String patient) {}

  /** The standard deviation of the area; 0 where a class comes from fewer than two patients. */
  public static double deviation(List<Answer> answers) {
    List<Patient> patients = patients(answers);
    double m = patients.stream().mapToInt(p -> p.positives).sum();
    double n = patients.stream().mapToInt(p -> p.negatives).sum();
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

  private static List<Patient> patients(List<Answer> answers) {
    Levels levels = levels(answers);
    double area = levels.auc();
    double[] wins = levels.wins();
    double[] losses = levels.losses();
    Map<String, Patient> patients = new TreeMap<>();
    for (Answer answer : answers) {
      Patient patient = patients.computeIfAbsent(answer.patient(), p -> new Patient());
      int place = levels.place(answer.score());
      if (answer.positive()) {
        patient.positives++;
        patient.above += wins[place] - area;
      } else {
        patient.negatives++;
        patient.below += losses[place] - area;
      }
    }
    return new ArrayList<>(patients.values());
  }

  private static Levels levels(List<Answer> answers) {
    boolean[] positive = new boolean[answers.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = answers.get(i).positive();
    }
    return Levels.of(answers.stream().mapToDouble(Answer::score).toArray(), positive);
  }

  /** Of one patient's answers the summed placements, each less the area. */
  private static final class Patient {
    private int positives;
    private int negatives;
    private double above;
    private double below;
  }
}
