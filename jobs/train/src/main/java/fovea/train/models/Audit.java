package fovea.train.models;

import fovea.contract.cohort.GroupName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the newest bias audit of a network's predictions found.
 *
 * @param run of {@code bias_findings}
 */
public record Audit(UUID run, Instant at, List<Finding> findings) {
  /** Copies. */
  public Audit {
    findings = List.copyOf(findings);
  }

  /** The largest gap between groups, or why there is none; empty where it was not looked for. */
  Optional<Finding> gap(String attribute, String metric) {
    return find(attribute, GroupName.DIFFERENCE, metric);
  }

  /** How likely such a gap is by chance, adjusted by Holm; empty where untested. */
  Optional<Double> chance(String attribute, String metric) {
    return find(attribute, GroupName.P_HOLM, metric).map(Finding::value);
  }

  /** Attributes whose groups were compared, in name order. */
  SortedSet<String> compared() {
    SortedSet<String> attributes = new TreeSet<>();
    findings.stream()
        .filter(f -> f.group().equals(GroupName.DIFFERENCE))
        .forEach(f -> attributes.add(f.attribute()));
    return attributes;
  }

  /** The figures of the groups that have one, without those of unknown group. */
  SortedMap<String, Finding> groups(String attribute, String metric) {
    SortedMap<String, Finding> groups = new TreeMap<>();
    findings.stream()
        .filter(f -> f.attribute().equals(attribute) && f.metric().equals(metric))
        .filter(f -> f.value() != null && GroupName.isGroup(f.group()))
        .forEach(f -> groups.put(f.group(), f));
    return groups;
  }

  private Optional<Finding> find(String attribute, String group, String metric) {
    return findings.stream()
        .filter(f -> f.attribute().equals(attribute))
        .filter(f -> f.group().equals(group) && f.metric().equals(metric))
        .findFirst();
  }
}
