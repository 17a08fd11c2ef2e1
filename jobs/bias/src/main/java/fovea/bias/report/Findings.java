package fovea.bias.report;

import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.Evidence;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.Section;
import fovea.bias.report.BiasReport.Wording;
import fovea.contract.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gaps of a report in plain language, largest first. */
public final class Findings {
  private Findings() {}

  /**
   * One gap between two groups.
   *
   * @param points the gap in percentage points
   * @param clear whether the adjusted p-value is below 5%; untested, whether the interval leaves
   *     out 0
   * @param p the permutation's p-value by itself; null where untested
   * @param holm the same adjusted by Holm for all findings
   * @param bh the same adjusted by Benjamini and Hochberg
   * @param sentence both groups with their intervals
   */
  public record Finding(
      String subject,
      String attribute,
      String metric,
      double points,
      boolean clear,
      @Nullable Double p,
      @Nullable Double holm,
      @Nullable Double bh,
      String sentence) {}

  /** Every gap that can be put into words: clear ones first, then by size. */
  public static List<Finding> of(BiasReport report) {
    List<Finding> findings = new ArrayList<>();
    for (Section section : report.sections()) {
      for (AttributeFrames attribute : section.attributes()) {
        for (MetricFrame frame : attribute.metrics()) {
          finding(section, attribute, frame, report.wording()).ifPresent(findings::add);
        }
      }
    }
    findings.sort(
        Comparator.comparing(Finding::clear)
            .thenComparing(Finding::points)
            .reversed()
            .thenComparing(Finding::sentence));
    return findings;
  }

  /** The largest gap in one sentence, or that there is none to speak of. */
  public static String largest(BiasReport report) {
    List<Finding> findings = of(report);
    if (findings.isEmpty()) {
      return "nothing to compare: fewer than two groups with enough " + report.wording().rows();
    }
    Finding first = findings.get(0);
    return first.clear() ? first.sentence() : noneClear() + " The largest: " + first.sentence();
  }

  static String noneClear() {
    return "No difference between groups is larger than chance explains at these sample sizes.";
  }

  private static Optional<Finding> finding(
      Section section, AttributeFrames attribute, MetricFrame frame, Wording wording) {
    String high = frame.highest();
    String low = frame.lowest();
    Double gap = frame.difference().value();
    String does = Words.clause(frame.metric(), wording);
    if (does == null || high == null || low == null || gap == null || gap == 0) {
      return Optional.empty();
    }
    String sentence =
        String.format(
            "Where %s is %s, %s; where it is %s, %s: a gap of %s.",
            Words.attribute(attribute.attribute()),
            high,
            does.replace("%", figure(frame.group(high))),
            low,
            figure(frame.group(low)),
            Words.points(gap));
    Evidence evidence = frame.evidence();
    return Optional.of(
        new Finding(
            section.subject(),
            attribute.attribute(),
            frame.metric(),
            100 * gap,
            frame.clear(),
            evidence == null ? null : evidence.p(),
            evidence == null ? null : evidence.holm(),
            evidence == null ? null : evidence.bh(),
            sentence));
  }

  private static String figure(Estimate estimate) {
    Double value = estimate.value();
    Interval interval = estimate.interval();
    if (value == null) {
      return "?";
    }
    return Words.percent(value)
        + (interval == null ? "" : " (95% interval " + Words.percents(interval) + ")");
  }
}
