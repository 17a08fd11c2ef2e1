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
        "Intervals of proportions are Wilson's at 95%. Intervals of differences are Newcombe's,"
            + " widened to hold for all pairs of groups, metrics and attributes of a section together"
            + " (Bonferroni); a gap is called larger than chance explains where that interval"
            + " leaves out zero. Both take "
            + report.wording().rows()
            + " for independent, though two eyes of one patient are not.");
    notes.add(
        "Figures over fewer than "
            + report.smallest()
            + " are withheld as too few and left out of differences and ratios; rates over nobody"
            + " are undefined (–). A group named unknown has no value recorded: it is shown, but"
            + " compared with no other.");
    notes.addAll(report.notes());
    return notes;
  }
}
