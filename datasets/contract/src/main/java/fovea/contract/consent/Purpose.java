package fovea.contract.consent;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a patient may be asked to allow. Who withdraws research withdraws training with it. */
public enum Purpose {
  /** To be counted, compared and scored. */
  RESEARCH,
  /** To be learnt from: what a network took from a photograph cannot be taken out again. */
  TRAINING;

  /** Lower case, as in the registry. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The purpose of a word, or empty. */
  public static Optional<Purpose> of(String word) {
    return Stream.of(values()).filter(p -> p.word().equals(word)).findFirst();
  }
}
