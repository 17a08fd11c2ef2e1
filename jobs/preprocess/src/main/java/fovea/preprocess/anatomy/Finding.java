package fovea.preprocess.anatomy;

import java.util.Optional;

/**
 * What was measured, or why it was not: exactly one of the two is there.
 *
 * @param <T> of the measure
 */
public record Finding<T>(Optional<T> value, Optional<Missing> reason) {

  /** It was measured. */
  public static <T> Finding<T> of(T value) {
    return new Finding<>(Optional.of(value), Optional.empty());
  }

  /** It was not. */
  public static <T> Finding<T> missing(Missing reason) {
    return new Finding<>(Optional.empty(), Optional.of(reason));
  }
}
