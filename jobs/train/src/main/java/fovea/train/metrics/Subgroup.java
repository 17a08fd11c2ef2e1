package fovea.train.metrics;

import fovea.train.data.Subject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the people who have something in common.
 *
 * @param attribute {@code sex} or {@code age_band}
 * @param figures null where they are too few to say, or to be told: fewer than {@link #LEAST}
 *     patients with a referable image or with another
 */
public record Subgroup(String attribute, String group, @Nullable Figures figures)
    implements Serializable {
  /** Patients of either class that a group needs. */
  public static final int LEAST = 10;

  static List<Subgroup> of(List<Scored> answers, double threshold) {
    List<Subgroup> all = new ArrayList<>(by("sex", Subject::sex, answers, threshold));
    all.addAll(by("age_band", Subject::ageBand, answers, threshold));
    return List.copyOf(all);
  }

  private static List<Subgroup> by(
      String attribute, Function<Subject, String> value, List<Scored> answers, double threshold) {
    return answers.stream()
        .collect(
            Collectors.groupingBy(a -> value.apply(a.subject()), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(e -> new Subgroup(attribute, e.getKey(), figures(e.getValue(), threshold)))
        .toList();
  }

  private static @Nullable Figures figures(List<Scored> some, double threshold) {
    boolean enough =
        patients(some.stream().filter(Scored::positive).toList()) >= LEAST
            && patients(some.stream().filter(a -> !a.positive()).toList()) >= LEAST;
    return enough ? Figures.of(some, threshold) : null;
  }

  private static long patients(List<Scored> some) {
    return some.stream().map(a -> a.subject().patient()).distinct().count();
  }
}
