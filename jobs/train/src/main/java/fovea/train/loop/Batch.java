package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import fovea.train.data.Normalisation;
import fovea.train.data.Objective;
import fovea.train.data.Sample;

/**
 * Pictures that go through the network together.
 *
 * @param planes N x 3 x edge x edge, normalised
 * @param targets N x outputs of 0 and 1
 * @param weights N x outputs
 */
record Batch(
    Objective objective, int size, int edge, float[] planes, float[] targets, float[] weights) {

  static Batch empty(int size, int edge, Objective objective) {
    return new Batch(
        objective,
        size,
        edge,
        new float[size * 3 * edge * edge],
        new float[size * objective.outputs()],
        new float[size * objective.outputs()]);
  }

  /** Fills one place. */
  void put(int place, byte[] rgb, Normalisation normalisation, Sample sample, float[] factors) {
    normalisation.write(rgb, planes, place * 3 * edge * edge);
    int outputs = objective.outputs();
    System.arraycopy(objective.target(sample.grade()), 0, targets, place * outputs, outputs);
    System.arraycopy(factors, 0, weights, place * outputs, outputs);
  }

  NDArray pictures(NDManager scope) {
    return scope.create(planes, new Shape(size, 3, edge, edge));
  }

  NDArray targets(NDManager scope) {
    return scope.create(targets, new Shape(size, objective.outputs()));
  }

  NDArray weights(NDManager scope) {
    return scope.create(weights, new Shape(size, objective.outputs()));
  }
}
