package fovea.splat.train;

import fovea.splat.model.Splats;
import java.util.List;

/**
 * What a training carries from step to step, beside the number of the step. Not a copy: the
 * trainer's own arrays, which a checkpoint is written from and read into.
 *
 * @param first Adam's first moments, {@code splats.count()} Gaussians of them
 * @param second Adam's second moments
 * @param others arrays of fixed length beside the Gaussians, such as exposures
 */
public record TrainingState(Splats splats, Splats first, Splats second, List<float[]> others) {

  /** Copies the list, not the arrays. */
  public TrainingState {
    others = List.copyOf(others);
  }

  List<Splats> gaussians() {
    return List.of(splats, first, second);
  }

  long otherFloats() {
    return others.stream().mapToLong(a -> a.length).sum();
  }
}
