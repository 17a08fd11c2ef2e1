package fovea.train.network;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * A network without its values.
 *
 * @param state its tensors, in the order of the layers
 * @param lines of TorchScript, from the variable {@code x} to the variable of the answer
 * @param embedding name of the variable that the last layer is given, N x features
 * @param answer name of the variable it gives
 */
record Description(List<StateTensor> state, List<String> lines, String embedding, String answer) {

  /** How many values the state has. */
  int size() {
    return state.stream().mapToInt(StateTensor::size).reduce(0, Math::addExact);
  }

  /**
   * Refuses values of another number.
   *
   * @throws IllegalArgumentException so
   */
  void check(float[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          "the architecture has " + size() + " values, cannot be: " + values.length);
    }
  }

  /**
   * Overwrites the values of every tensor that another network has, too.
   *
   * @param values of the state
   * @param source the other's values of a tensor, where it has one of that name and shape
   * @return the names of the tensors it does not have
   */
  List<String> take(float[] values, Function<StateTensor, Optional<float[]>> source) {
    List<String> own = new ArrayList<>();
    int at = 0;
    for (StateTensor tensor : state) {
      Optional<float[]> found = source.apply(tensor);
      if (found.isPresent()) {
        System.arraycopy(found.get(), 0, values, at, tensor.size());
      } else {
        own.add(tensor.name());
      }
      at += tensor.size();
    }
    return own;
  }

  /** First values, in the order of the state. */
  float[] first(long seed) {
    FloatBuffer all = FloatBuffer.allocate(size());
    Random random = new Random(seed);
    for (StateTensor tensor : state) {
      float[] values = new float[tensor.size()];
      tensor.first().fill(values, random);
      all.put(values);
    }
    return all.array();
  }
}
