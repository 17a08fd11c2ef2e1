package fovea.bias;

import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.Evidence;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.Section;
import fovea.bias.mitigate.Reweighing;
import fovea.bias.mitigate.Thresholds;
import fovea.bias.report.BiasReport;
import fovea.contract.cohort.GroupName;
import fovea.contract.statistics.Interval;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * A section as rows of {@code bias_findings}, in that table's column order. Groups, {@code
 * overall}, {@code difference}, {@code ratio}, both also {@code _to_overall}, and where tested
 * {@code p_value}, {@code p_holm} and {@code p_bh} each make a row; an attribute's summary (for
 * example {@code equalized_odds_difference}) has the group {@code overall}.
 */
final class FindingRows {
  private static final String MITIGATION = "mitigation";

  private final UUID run;
  private final @Nullable String trainingRun;
  private final Timestamp now;
  private final List<Row> rows = new ArrayList<>();
  private String prefix = "";

  private FindingRows(UUID run, @Nullable String trainingRun, Timestamp now) {
    this.run = run;
    this.trainingRun = trainingRun;
    this.now = now;
  }

  static List<Row> of(Section section, UUID run, @Nullable String trainingRun, Timestamp now) {
    String model = section.subject().equals(Section.MODEL) ? trainingRun : null;
    FindingRows findings = new FindingRows(run, model, now);
    section.attributes().forEach(a -> findings.add(section.subject(), a));
    return findings.rows;
  }

  /**
   * What was tried against gaps, subject {@code mitigation}: {@code weight:label=1} by group,
   * {@code threshold:high} and the like by group, {@code before:METRIC} and {@code after:METRIC} as
   * in the other subjects, {@code change:accuracy} with its interval.
   */
  static List<Row> of(
      BiasReport.Details details, UUID run, @Nullable String trainingRun, Timestamp now) {
    FindingRows findings = new FindingRows(run, trainingRun, now);
    details.weights().forEach(findings::add);
    details.thresholds().forEach(findings::add);
    return findings.rows;
  }

  private void add(Reweighing weights) {
    String name = weights.attribute();
    for (Reweighing.Cell cell : weights.cells()) {
      Estimate weight =
          cell.rows() == null
              ? Estimate.tooFew()
              : new Estimate(cell.weight(), null, cell.rows(), null);
      add(MITIGATION, name, GroupName.safe(cell.group()), "weight:label=" + cell.label(), weight);
    }
    add(MITIGATION, name, GroupName.DIFFERENCE, "before:label_rate", weights.before());
    add(MITIGATION, name, GroupName.DIFFERENCE, "after:label_rate", weights.after());
  }

  private void add(Thresholds thresholds) {
    String name = thresholds.attribute();
    thresholds
        .rules()
        .forEach(
            (group, rule) -> {
              String safe = GroupName.safe(group);
              add(MITIGATION, name, safe, "threshold:high", finite(rule.high()));
              add(MITIGATION, name, safe, "threshold:low", finite(rule.low()));
              add(MITIGATION, name, safe, "threshold:between", plain(rule.between()));
              add(MITIGATION, name, safe, "threshold:ignored", plain(rule.ignored()));
              add(MITIGATION, name, safe, "threshold:constant", plain(rule.constant()));
            });
    prefix = "before:";
    add(MITIGATION, thresholds.before());
    prefix = "after:";
    add(MITIGATION, thresholds.after());
    prefix = "";
    thresholds
        .prices()
        .forEach(
            (metric, cost) ->
                add(
                    MITIGATION,
                    name,
                    GroupName.OVERALL,
                    "change:" + metric,
                    new Estimate(cost.after() - cost.before(), cost.interval(), null, null)));
  }

  private static Estimate finite(double threshold) {
    return Double.isFinite(threshold) ? plain(threshold) : Estimate.undefined("no score is enough");
  }

  private void add(String subject, AttributeFrames attribute) {
    String name = attribute.attribute();
    for (MetricFrame frame : attribute.metrics()) {
      frame
          .byGroup()
          .forEach((group, e) -> add(subject, name, GroupName.safe(group), frame.metric(), e));
      add(subject, name, GroupName.OVERALL, frame.metric(), frame.overall());
      add(subject, name, GroupName.DIFFERENCE, frame.metric(), frame.difference());
      add(subject, name, GroupName.RATIO, frame.metric(), frame.ratio());
      add(
          subject,
          name,
          GroupName.DIFFERENCE_TO_OVERALL,
          frame.metric(),
          frame.differenceToOverall());
      add(subject, name, GroupName.RATIO_TO_OVERALL, frame.metric(), frame.ratioToOverall());
      Evidence evidence = frame.evidence();
      if (evidence != null) {
        add(subject, name, GroupName.P_VALUE, frame.metric(), plain(evidence.p()));
        add(subject, name, GroupName.P_HOLM, frame.metric(), plain(evidence.holm()));
        add(subject, name, GroupName.P_BH, frame.metric(), plain(evidence.bh()));
      }
    }
    attribute.summary().forEach((metric, e) -> add(subject, name, GroupName.OVERALL, metric, e));
  }

  private void add(
      String subject, String attribute, String group, String metric, Estimate estimate) {
    Interval interval = estimate.interval();
    rows.add(
        RowFactory.create(
            run.toString(),
            trainingRun,
            subject,
            attribute,
            group,
            prefix + metric,
            estimate.value(),
            interval == null ? null : interval.lower(),
            interval == null ? null : interval.upper(),
            estimate.count(),
            estimate.note(),
            now));
  }

  private static Estimate plain(double value) {
    return new Estimate(value, null, null, null);
  }
}
