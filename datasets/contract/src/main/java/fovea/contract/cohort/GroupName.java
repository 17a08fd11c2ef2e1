package fovea.contract.cohort;

import java.util.Set;

/** Values of {@code bias_findings.group_name} that are no group of patients. */
public final class GroupName {
  /** All patients together, and what is a figure of an attribute as a whole. */
  public static final String OVERALL = "overall";

  /** The largest gap between two groups. */
  public static final String DIFFERENCE = "difference";

  /** The smallest group's figure over the largest's. */
  public static final String RATIO = "ratio";

  /** The largest gap between a group and all. */
  public static final String DIFFERENCE_TO_OVERALL = "difference_to_overall";

  /** The least ratio of a group and all. */
  public static final String RATIO_TO_OVERALL = "ratio_to_overall";

  /** How likely such a gap is by chance. */
  public static final String P_VALUE = "p_value";

  /** The same, adjusted by Holm. */
  public static final String P_HOLM = "p_holm";

  /** The same, adjusted by Benjamini and Hochberg. */
  public static final String P_BH = "p_bh";

  /** The group of those of whom it is not recorded: a row, but nobody to compare with. */
  public static final String UNKNOWN = "unknown";

  private static final Set<String> FIGURES =
      Set.of(
          OVERALL,
          DIFFERENCE,
          RATIO,
          DIFFERENCE_TO_OVERALL,
          RATIO_TO_OVERALL,
          P_VALUE,
          P_HOLM,
          P_BH);

  private GroupName() {}

  /** A group's name as it may be stored: in quotes where it would be read as a figure. */
  public static String safe(String group) {
    return FIGURES.contains(group) ? "'" + group + "'" : group;
  }

  /** Whether a stored name is that of a group one can compare with others. */
  public static boolean isGroup(String name) {
    return !name.equals(UNKNOWN) && !FIGURES.contains(name);
  }
}
