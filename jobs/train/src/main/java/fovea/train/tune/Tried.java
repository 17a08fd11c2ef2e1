package fovea.train.tune;

import java.io.Serializable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trial came to.
 *
 * @param auc on its validation part; NaN where it failed
 * @param lower end of the 95% interval, by patients
 * @param epochs until it ended
 * @param failure empty where it did not fail
 */
public record Tried(
    int number,
    String flags,
    int fold,
    double auc,
    double lower,
    double upper,
    int epochs,
    int bestEpoch,
    double seconds,
    String failure)
    implements Serializable {

  /** A trial without a result. */
  static Tried failed(Trial trial, String why) {
    double none = Double.NaN;
    return new Tried(trial.number(), trial.flags(), trial.fold(), none, none, none, 0, 0, 0, why);
  }

  /**
   * The configuration whose mean AUC over its folds is greatest, of equals the first; one with a
   * fold that failed is none.
   */
  public static Optional<Mean> best(List<Tried> all) {
    Map<String, List<Tried>> byFlags = new LinkedHashMap<>();
    all.forEach(t -> byFlags.computeIfAbsent(t.flags, f -> new java.util.ArrayList<>()).add(t));
    return byFlags.entrySet().stream()
        .map(e -> new Mean(e.getKey(), mean(e.getValue())))
        .filter(mean -> Double.isFinite(mean.auc()))
        .min(Comparator.comparingDouble(mean -> -mean.auc()));
  }

  private static double mean(List<Tried> folds) {
    return folds.stream().mapToDouble(Tried::auc).average().orElse(Double.NaN);
  }

  /** A configuration's mean over its folds. */
  public record Mean(String flags, double auc) {}
}
