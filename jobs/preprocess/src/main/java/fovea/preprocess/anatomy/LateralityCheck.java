package fovea.preprocess.anatomy;

import fovea.contract.cohort.Laterality;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The declared side against the one that the disc tells. */
public final class LateralityCheck {
  private LateralityCheck() {}

  /**
   * Whether both sides are the same; empty where either is unknown.
   *
   * @param declared any of {@code left, l, os, right, r, od}; anything else is no declaration
   */
  public static Optional<Boolean> agrees(Anatomy anatomy, String declared) {
    Optional<Laterality> said = Laterality.of(declared);
    return anatomy.side().value().flatMap(seen -> said.map(side -> side == seen));
  }

  /** The side that a file's name tells in a word of its own: {@code 12_left.jpg, OD-7.png}. */
  public static Optional<Laterality> inName(String name) {
    List<Laterality> told =
        Arrays.stream(name.split("[^A-Za-z]+"))
            .filter(word -> word.length() > 1)
            .flatMap(word -> Laterality.of(word).stream())
            .distinct()
            .toList();
    return told.size() == 1 ? Optional.of(told.get(0)) : Optional.empty();
  }
}
