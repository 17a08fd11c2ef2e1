package fovea.contract.model;

import fovea.contract.errors.CallerMistake;
import java.util.UUID;

/** The id of a training run, as a person writes it. */
public final class TrainingRunId {
  private TrainingRunId() {}

  /**
   * Reads one.
   *
   * @throws CallerMistake {@code bad-run} where it is none
   */
  public static UUID of(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notOne) {
      throw new CallerMistake(
          "bad-run",
          text.isEmpty() ? "no training run given" : "not the id of a training run: " + text,
          "./fovea models list shows them");
    }
  }
}
