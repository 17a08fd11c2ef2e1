package fovea.train.network;

import java.util.List;

/**
 * One tensor of a network's state.
 *
 * @param name with dots between the modules, as in PyTorch's {@code state_dict}
 * @param role whether training moves it
 */
record StateTensor(String name, List<Integer> shape, Role role, FirstValues first) {
  /** What a tensor is to the optimiser. */
  enum Role {
    WEIGHT,
    /** A running mean or variance of batch normalisation: the forward pass moves it. */
    STATISTIC
  }

  int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
