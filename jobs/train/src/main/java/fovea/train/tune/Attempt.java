package fovea.train.tune;

import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.loop.Trained;
import fovea.train.loop.Training;
import java.util.List;

/** Does one trial. */
public final class Attempt {
  private Attempt() {}

  /**
   * Trains and judges on the validation part.
   *
   * @param samples of training and validation part, in the order of their ids
   * @return with the reason where a part lacks a class or nothing was finite
   */
  public static Tried at(Trial trial, List<Sample> samples) {
    long begun = System.nanoTime();
    for (Part part : List.of(Part.TRAIN, Part.VALIDATION)) {
      if (part.among(samples).stream().mapToInt(Sample::label).distinct().count() < 2) {
        return Tried.failed(trial, "the " + part.word() + " part lacks a class");
      }
    }
    try {
      Trained trained = Training.tried(samples, trial.settings());
      return tried(trial, trained, (System.nanoTime() - begun) / 1e9);
    } catch (IllegalStateException nothingFinite) {
      return Tried.failed(trial, String.valueOf(nothingFinite.getMessage()));
    }
  }

  private static Tried tried(Trial trial, Trained trained, double seconds) {
    var figures = trained.validation().figures();
    return new Tried(
        trial.number(),
        trial.flags(),
        trial.fold(),
        figures.auc(),
        figures.aucInterval().lower(),
        figures.aucInterval().upper(),
        trained.history().size(),
        trained.bestEpoch(),
        seconds,
        "");
  }
}
