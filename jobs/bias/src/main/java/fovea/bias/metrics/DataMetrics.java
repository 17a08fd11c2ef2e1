package fovea.bias.metrics;

import fovea.bias.metrics.CrossCounts.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What groups are like before any model: how many they are, how often the label is 1, what is
 * missing, and how categories (grade, quality, camera) are spread.
 *
 * <p>Metrics: {@code count}; {@code label_rate} among labelled rows; {@code VARIABLE_missing_rate}
 * among all rows; {@code VARIABLE=CATEGORY} among rows where the variable is known; {@code
 * label_npmi}, how much label 1 and the group go together. Summary: {@code
 * demographic_parity_difference} and {@code _ratio} of the label, the groups' spread against a
 * reference ({@code reference_*}, {@code theil_*}, {@code atkinson}), and for each variable the
 * largest {@code _total_variation} and {@code _jensen_shannon} between two groups, and of ordered
 * variables the largest {@code _wasserstein}, in steps.
 */
public final class DataMetrics {
  /** The variable that holds the label: categories 1 and 0. */
  public static final String LABEL = "label";

  private DataMetrics() {}

  /**
   * Computes a section.
   *
   * @param smallest groups of fewer people, and categories of fewer rows, are {@code too few}
   */
  public static Section section(CrossCounts cross, long smallest) {
    return section(cross, smallest, Reference.EVEN);
  }

  /**
   * Computes a section.
   *
   * @param smallest groups of fewer people, and categories of fewer rows, are {@code too few}
   * @param reference how groups ought to be spread
   */
  public static Section section(CrossCounts cross, long smallest, Reference reference) {
    return section(cross, smallest, reference, Rounding.NONE);
  }

  /**
   * Computes a section from rounded counts; exact ones decide what is too few.
   *
   * @param smallest groups of fewer people, and categories of fewer rows, are {@code too few}
   * @param reference how groups ought to be spread
   */
  public static Section section(
      CrossCounts cross, long smallest, Reference reference, Rounding rounding) {
    List<AttributeFrames> attributes = new ArrayList<>();
    Map<String, Estimate> overall = new LinkedHashMap<>();
    long beside = cross.attributes().size();
    cross
        .attributes()
        .forEach(
            (attribute, groups) -> {
              AttributeFrames frames =
                  new Attribute(
                          groups, rounded(attribute, groups, rounding), reference, smallest, beside)
                      .frames(attribute);
              frames.metrics().forEach(f -> overall.putIfAbsent(f.metric(), f.overall()));
              attributes.add(frames);
            });
    return new Section(Section.DATA, overall, attributes);
  }

  private static Map<String, Group> rounded(
      String attribute, Map<String, Group> groups, Rounding rounding) {
    Map<String, Group> rounded = new LinkedHashMap<>();
    groups.forEach(
        (name, group) ->
            rounded.put(
                name,
                rounding.isExact() ? group : group.rounded(rounding, attribute + "|" + name)));
    return rounded;
  }

  /** The labelled rows of every group, as if each had been predicted right. */
  public static Map<String, Map<String, GroupCounts>> labels(CrossCounts cross) {
    Map<String, Map<String, GroupCounts>> labels = new LinkedHashMap<>();
    cross
        .attributes()
        .forEach(
            (attribute, groups) -> {
              Map<String, GroupCounts> counts = new LinkedHashMap<>();
              groups.forEach((name, group) -> counts.put(name, labelled(group)));
              labels.put(attribute, counts);
            });
    return labels;
  }

  private static GroupCounts labelled(Group group) {
    Map<String, Long> known = group.known(LABEL);
    long all = Group.total(known);
    // Of the labelled rows as many patients as of all rows.
    double share = (double) group.people() / Math.max(1, group.rows());
    GroupCounts labelled =
        new GroupCounts()
            .add(1, 1, null, known.getOrDefault("1", 0L))
            .add(0, 0, null, known.getOrDefault("0", 0L))
            .ofPeople((long) Math.floor(all * Math.min(1, share)));
    return group.isWithheld() ? labelled.withhold() : labelled;
  }

  private record Attribute(
      Map<String, Group> groups,
      Map<String, Group> rounded,
      Group all,
      Group sum,
      Reference reference,
      long smallest,
      long beside) {
    Attribute(
        Map<String, Group> groups,
        Map<String, Group> rounded,
        Reference reference,
        long smallest,
        long beside) {
      this(
          groups,
          rounded,
          groups.values().stream().reduce(new Group(), Group::plus),
          rounded.values().stream().reduce(new Group(), Group::plus),
          reference,
          smallest,
          beside);
    }

    AttributeFrames frames(String attribute) {
      List<MetricFrame> frames = new ArrayList<>();
      frames.add(frame("count", g -> Estimate.of(g.rows(), g.rows())));
      Map<String, Estimate> summary = new LinkedHashMap<>();
      if (all.variables().containsKey(LABEL)) {
        MetricFrame labels = frame("label_rate", this::labelRate);
        frames.add(labels);
        summary.put("demographic_parity_difference", labels.difference());
        summary.put("demographic_parity_ratio", labels.ratio());
        frames.add(frame("label_npmi", this::labelTogether));
      }
      Map<String, Group> shown = shown();
      summary.putAll(Representation.of(attribute, shown, reference, smallest));
      for (String variable : all.variables().keySet()) {
        frames.add(frame(variable + "_missing_rate", g -> missing(g, variable)));
        frames.addAll(variable.equals(LABEL) ? List.of() : shares(variable));
        summary.putAll(Spread.of(variable, shown, smallest));
      }
      return new AttributeFrames(attribute, frames, summary);
    }

    private List<MetricFrame> shares(String variable) {
      return all.known(variable).keySet().stream()
          .map(
              category ->
                  frame(
                      variable + "=" + category,
                      g -> Shares.of(g.known(variable), category, smallest)))
          .toList();
    }

    private MetricFrame frame(String metric, Function<Group, Estimate> rule) {
      Map<String, Estimate> byGroup = new TreeMap<>();
      groups.forEach(
          (name, group) ->
              byGroup.put(name, published(group, rounded.getOrDefault(name, group), rule)));
      // Beside each other stand every variable's missingness, the label, good and poor quality.
      long metrics = all.variables().size() + 3L;
      return MetricFrame.of(metric, published(all, sum, rule), byGroup, beside * metrics);
    }

    // Rounded groups that are large enough exactly.
    private Map<String, Group> shown() {
      Map<String, Group> shown = new LinkedHashMap<>();
      groups.forEach(
          (name, group) -> {
            if (group.people() >= smallest && !group.isWithheld()) {
              shown.put(name, rounded.getOrDefault(name, group));
            }
          });
      return shown;
    }

    private Estimate published(Group exact, Group counts, Function<Group, Estimate> rule) {
      Estimate estimate = guarded(exact, rule);
      if (exact.equals(counts) || estimate.value() == null) {
        return estimate;
      }
      Estimate published = guarded(counts, rule);
      return published.value() == null ? Estimate.tooFew() : published;
    }

    private Estimate guarded(Group group, Function<Group, Estimate> rule) {
      if (group.isWithheld()) {
        return Estimate.withheld();
      }
      return group.people() < smallest
          ? Estimate.tooFew()
          : rule.apply(group).ofPatients((double) group.people() / Math.max(1, group.rows()));
    }

    private Estimate labelRate(Group group) {
      Map<String, Long> known = group.known(LABEL);
      return Estimate.proportion(
          known.getOrDefault("1", 0L), Group.total(known), smallest, "no labelled rows");
    }

    private Estimate labelTogether(Group group) {
      Map<String, Long> known = group.known(LABEL);
      long labelled = Group.total(known);
      double rows = Group.total(sum.known(LABEL));
      if (labelled == 0 || labelled < smallest) {
        return labelled == 0
            ? Estimate.undefined("undefined: no labelled rows")
            : Estimate.tooFew();
      }
      double both = known.getOrDefault("1", 0L) / rows;
      double positive = sum.known(LABEL).getOrDefault("1", 0L) / rows;
      return positive == 0
          ? Estimate.undefined("undefined: no positive labels")
          : Estimate.of(Balance.normalisedPmi(both, labelled / rows, positive), labelled);
    }

    private Estimate missing(Group group, String variable) {
      Map<String, Long> counts = group.counts(variable);
      return Estimate.proportion(
          counts.getOrDefault(MetricFrame.UNKNOWN, 0L), Group.total(counts), smallest, "no rows");
    }
  }
}
