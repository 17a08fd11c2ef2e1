package fovea.bias.table;

import fovea.bias.metrics.Crossing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which columns of a table mean what, by their names in the header.
 *
 * @param label what is true: 0 or 1
 * @param prediction what the model says: 0 or 1
 * @param score the model's probability of 1, where there is one
 * @param patient whose row it is, where known; rows of one patient are resampled together
 * @param groups sensitive attributes
 * @param ages those of them that hold ages in years, to be counted by age band
 * @param crossings pairs of the groups that are attributes too
 */
public record Columns(
    String label,
    String prediction,
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

  /** Groups, then pairs of them. */
  List<String> attributes() {
    return Stream.concat(groups.stream(), crossings.stream().map(Crossing::attribute)).toList();
  }
}
