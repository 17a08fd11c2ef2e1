package fovea.bias.report;

import java.util.ArrayList;
import java.util.List;

/** How the figures of a report come about, in sentences. */
final class Methods {
  private Methods() {}

  static List<String> of(BiasReport report) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Metrics, differences (largest minus smallest group) and ratios (smallest over largest)"
            + " follow Fairlearn's definitions, between groups, worst case.");
    notes.add(
        "Of a model: intervals of rates are Wilson's at 95% with the number of "
            + report.wording().rows()
            + " that independent ones would need to say as much (patients' residuals give the"
            + " design effect); of AUC DeLong's on the logit scale, widened likewise; of the rest a"
            + " bootstrap of patients, all rows of a patient together. Intervals of differences and"
            + " ratios hold for all pairs of groups of a metric at once.");
    notes.add(
        "P-values of a model's largest gaps: patients, not "
            + report.wording().rows()
            + ", are dealt out to the groups anew, and the largest gap in its own standard errors"
            + " is compared with those; who has rows in several groups exchanges them within. They"
            + " are adjusted by Holm (and by Benjamini and Hochberg, shown as BH) over all"
            + " attributes, selection, true and false positive rate, precision and AUC in one"
            + " family, the other metrics in a second. A gap is called larger than chance explains"
            + " where Holm's is below 5%.");
    notes.add(
        "Of data: intervals of differences are Newcombe's, widened to hold for all pairs of groups,"
            + " metrics and attributes together (Bonferroni); both count patients and not "
            + report.wording().rows()
            + ", as if those of one patient were all the same. Distances from the reference are in"
            + " patients; divergences are in nats.");
    notes.add(
        "Figures over fewer than "
            + report.smallest()
            + " are withheld as too few and left out of differences and ratios; rates over nobody"
            + " are undefined (–). A group named unknown has no value recorded: it is shown, but"
            + " compared with no other.");
    String base = report.settings().getOrDefault("count-rounding", "1");
    if (!base.equals("1")) {
      notes.add(
          "Counts are rounded at random to multiples of "
              + base
              + ", rates are made of rounded counts and their intervals count the rounding; figures"
              + " made of scores have three digits. Two reports over cohorts that differ by one"
              + " patient do not tell that patient's label from a group's counts. This does not"
              + " protect against someone who knows everybody else's rows, nor against averaging"
              + " many reports; it is not differential privacy.");
    }
    if (!report.details().calibration().isEmpty()) {
      notes.add(
          "Calibration: the same bins of the score for every group, each with Wilson's 95% interval"
              + " of the share of positives, counting people; slope and intercept of the log odds"
              + " of the label on the logit of the score (Cox 1958), in the large with the slope"
              + " held at 1. The expected calibration error always has ten bins of equal width.");
    }
    if (!report.details().thresholds().isEmpty()) {
      notes.add(
          "Thresholds by group (Hardt, Price and Srebro 2016) lie on the convex hulls of the"
              + " groups' ROC curves, whose corners are the bins of the score that are resampled;"
              + " between two thresholds a chance decides. Half of the patients, drawn at random,"
              + " fit them, the other half is shown; its intervals do not count what the fit itself"
              + " is unsure of. Changes of accuracy compare the same patients. Whether different"
              + " thresholds for different people are lawful and right is not a question of"
              + " statistics.");
    }
    if (!report.details().weights().isEmpty()) {
      notes.add(
          "Weights (Kamiran and Calders 2012): share of the group times share of the label over the"
              + " share of both together. Groups with too few of either label keep weight 1.");
    }
    notes.addAll(report.notes());
    return notes;
  }
}
