package fovea.train.network;

import fovea.contract.errors.CallerMistake;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a network begins with where it begins with another's weights. The classifier (the last
 * layer) may be another's in shape, and is then drawn by the seed; everything before it must fit.
 *
 * @param values see {@link Network#values()}
 */
public record FirstWeights(float[] values, Taken taken) implements Serializable {
  private static final int CLASSIFIER = 2; // its weight and its bias

  /**
   * Of an archive of PyTorch: TorchScript ({@code torch.jit.save}) or a {@code state_dict} ({@code
   * torch.save}). Nothing in it is run.
   *
   * @throws CallerMistake {@code not-weights} where it is neither, {@code other-network} where it
   *     does not fit
   */
  public static FirstWeights ofTorch(
      Architecture architecture, int outputs, long seed, Path archive) {
    try (TorchWeights weights = TorchWeights.open(archive)) {
      return of(architecture, outputs, seed, weights::values);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Of another of Fovea's networks.
   *
   * @param header of the other
   * @param others its values
   * @throws CallerMistake {@code other-network} where they do not fit
   */
  public static FirstWeights ofNetwork(
      Architecture architecture, int outputs, long seed, NetworkHeader header, float[] others) {
    int theirs = fovea.train.data.Objective.of(header.objective()).outputs();
    Description description = Networks.byName(header.architecture()).description().apply(theirs);
    if (others.length != description.size()) {
      throw misfit(others.length + " values are not those of " + header.architecture());
    }
    FloatBuffer all = FloatBuffer.wrap(others);
    Map<String, StateTensor> shapes = new HashMap<>();
    Map<String, float[]> values = new HashMap<>();
    for (StateTensor tensor : description.state()) {
      float[] part = new float[tensor.size()];
      all.get(part);
      shapes.put(tensor.name(), tensor);
      values.put(tensor.name(), part);
    }
    return of(
        architecture,
        outputs,
        seed,
        wanted ->
            Optional.ofNullable(shapes.get(wanted.name()))
                .filter(found -> found.shape().equals(wanted.shape()))
                .map(found -> values.get(found.name())));
  }

  private static FirstWeights of(
      Architecture architecture,
      int outputs,
      long seed,
      Function<StateTensor, Optional<float[]>> source) {
    Description description = architecture.description().apply(outputs);
    float[] values = description.first(seed);
    List<String> own = description.take(values, source);
    List<String> tensors = description.state().stream().map(StateTensor::name).toList();
    List<String> missing = new ArrayList<>(own);
    missing.removeAll(tensors.subList(tensors.size() - CLASSIFIER, tensors.size()));
    if (!missing.isEmpty()) {
      throw misfit(
          "%d of the %d tensors of %s are not there in their shape, the first is %s"
              .formatted(missing.size(), tensors.size(), architecture.name(), missing.get(0)));
    }
    return new FirstWeights(values, new Taken(tensors.size() - own.size(), own.size()));
  }

  private static CallerMistake misfit(String why) {
    return new CallerMistake(
        "other-network",
        "these weights do not fit: " + why,
        "Give the weights of the same architecture, with torchvision's names");
  }
}
