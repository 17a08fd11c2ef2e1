package fovea.bias.table;

import fovea.bias.metrics.Crossing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which columns of a table mean what, by their names in the header.
 *
 * @param label what is true
 * @param prediction what the model says; may be left out where there are probabilities of classes
 * @param classes what both may say
 * @param score the model's probability of 1, where there is one
 * @param patient whose row it is, where known; rows of one patient are resampled together
 * @param groups sensitive attributes
 * @param ages those of them that hold ages in years, to be counted by age band
 * @param crossings pairs of the groups that are attributes too
 */
public record Columns(
    String label,
    Optional<String> prediction,
    Classes classes,
    Optional<String> score,
    Optional<String> patient,
    List<String> groups,
    Set<String> ages,
    List<Crossing> crossings) {

  /** Copies. */
  public Columns {
    groups = List.copyOf(groups);
    ages = Set.copyOf(ages);
    crossings = List.copyOf(crossings);
  }

  /** What a column must hold. */
  public enum Role {
    /** A word, a number, or true and false. */
    ANSWER,
    /** A number. */
    NUMBER,
    /** Any single value. */
    NAME
  }

  /** The columns that are read, by name. */
  public Map<String, Role> roles() {
    Map<String, Role> roles = new LinkedHashMap<>();
    groups.forEach(g -> roles.put(g, Role.NAME));
    patient.ifPresent(p -> roles.put(p, Role.NAME));
    roles.put(label, Role.ANSWER);
    prediction.ifPresent(p -> roles.put(p, Role.ANSWER));
    score.ifPresent(s -> roles.put(s, Role.NUMBER));
    classes.probabilities().forEach(p -> roles.put(p, Role.NUMBER));
    return roles;
  }

  /** Groups, then pairs of them. */
  List<String> attributes() {
    return Stream.concat(groups.stream(), crossings.stream().map(Crossing::attribute)).toList();
  }
}
