package fovea.train;

import fovea.contract.statistics.Interval;
import fovea.train.loop.Epoch;
import fovea.train.loop.Trained;
import fovea.train.metrics.Confusion;
import fovea.train.metrics.Evaluation;
import fovea.train.metrics.Figures;
import fovea.train.metrics.GradeMatrix;
import fovea.train.metrics.Subgroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training's figures by name, as table and registry keep them. */
final class RunMetrics {
  private RunMetrics() {}

  static Map<String, Object> of(Trained trained) {
    Evaluation test = trained.test();
    Map<String, Object> metrics = figures(test.figures());
    metrics.put("threshold", test.threshold());
    metrics.put("validationAuc", trained.validation().auc());
    metrics.put("bestEpoch", trained.bestEpoch());
    metrics.put("epochs", trained.history().size());
    metrics.put("skippedSteps", trained.history().stream().mapToInt(Epoch::skippedSteps).sum());
    metrics.put("trainersLeftOut", trained.history().stream().mapToInt(Epoch::leftOut).sum());
    metrics.put("subgroups", test.subgroups().stream().map(RunMetrics::subgroup).toList());
    return metrics;
  }

  private static Map<String, Object> figures(Figures figures) {
    Confusion confusion = figures.confusion();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("images", figures.images());
    metrics.put("patients", figures.patients());
    metrics.put("auc", figures.auc());
    metrics.put("aucInterval", pair(figures.aucInterval()));
    metrics.put("averagePrecision", figures.averagePrecision());
    metrics.put("accuracy", confusion.accuracy());
    metrics.put("balancedAccuracy", confusion.balancedAccuracy());
    metrics.put("sensitivity", confusion.sensitivity());
    metrics.put("sensitivityInterval", pair(figures.sensitivityInterval()));
    metrics.put("specificity", confusion.specificity());
    metrics.put("specificityInterval", pair(figures.specificityInterval()));
    metrics.put("truePositives", confusion.truePositives());
    metrics.put("falsePositives", confusion.falsePositives());
    metrics.put("trueNegatives", confusion.trueNegatives());
    metrics.put("falseNegatives", confusion.falseNegatives());
    metrics.put("brier", figures.calibration().brier());
    metrics.put("expectedCalibrationError", figures.calibration().expectedError());
    GradeMatrix grades = figures.grades();
    if (grades != null) {
      metrics.put("gradeAccuracy", grades.accuracy());
      metrics.put("gradeBalancedAccuracy", grades.balancedAccuracy());
      metrics.put("quadraticKappa", grades.quadraticKappa());
    }
    return metrics;
  }

  private static Map<String, Object> subgroup(Subgroup subgroup) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("attribute", subgroup.attribute());
    named.put("group", subgroup.group());
    Figures figures = subgroup.figures();
    if (figures == null) {
      named.put("tooFew", true);
    } else {
      named.putAll(figures(figures));
    }
    return named;
  }

  static List<Double> pair(Interval interval) {
    return List.of(interval.lower(), interval.upper());
  }
}
