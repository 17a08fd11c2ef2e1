package fovea.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.training.ParameterStore;
import fovea.contract.errors.CallerMistake;
import fovea.train.network.StateTensor.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network with its weights in native memory, for one thread. Close it.
 *
 * <p>It is a TorchScript module that the engine runs as a whole: one call from Java a picture
 * batch.
 */
public final class Network implements AutoCloseable {
  private final NDManager manager;
  private final Description description;
  private final PtSymbolBlock module;
  private final ParameterStore store;
  private final List<Parameter> parameters;
  private final int edge;

  private Network(Description description, int edge) {
    this.manager = Torch.scope();
    this.description = description;
    this.module = TorchScriptFile.load(TorchScriptFile.empty(description), manager);
    this.store = new ParameterStore(manager, false);
    this.parameters = parameters(description.state(), state());
    this.edge = edge;
  }

  /**
   * A network with random weights. The same seed gives the same weights on every machine; the
   * engine's generator (dropout, stochastic depth) is seeded with it too.
   *
   * @param edge of its input in pixels
   * @param outputs logits a picture
   */
  public static Network untrained(Architecture architecture, int edge, int outputs, long seed) {
    Torch.seed(seed);
    Network network = new Network(architecture.description().apply(outputs), edge);
    network.replaceValues(network.description.first(seed));
    return network;
  }

  /**
   * A network with given weights.
   *
   * @param values what {@link #values()} gave
   */
  public static Network trained(Architecture architecture, int edge, int outputs, float[] values) {
    Description description = architecture.description().apply(outputs);
    description.check(values);
    Network network = new Network(description, edge);
    network.replaceValues(values);
    return network;
  }

  /** The values that {@link #untrained} begins with, computed without the engine. */
  public static float[] firstValues(Architecture architecture, int outputs, long seed) {
    return architecture.description().apply(outputs).first(seed);
  }

  /** How many values of an architecture training moves. */
  public static int trainable(Architecture architecture, int outputs) {
    return architecture.description().apply(outputs).state().stream()
        .filter(tensor -> tensor.role() == Role.WEIGHT)
        .mapToInt(StateTensor::size)
        .reduce(0, Math::addExact);
  }

  /**
   * Logits while learning: batch statistics, dropout. Input N x 3 x edge x edge, output N x
   * outputs, in the input's scope.
   */
  public NDArray learn(NDArray pictures) {
    return module.forward(store, new NDList(pictures), true).singletonOrThrow();
  }

  /** Logits of pictures. Input N x 3 x edge x edge, output N x outputs, in the input's scope. */
  public NDArray infer(NDArray pictures) {
    return module.forward(store, new NDList(pictures), false).singletonOrThrow();
  }

  /**
   * What the last layer is given: the network's description of pictures. Input N x 3 x edge x edge,
   * output N x features, in the input's scope.
   */
  public NDArray embed(NDArray pictures) {
    PtNDManager scope = (PtNDManager) pictures.getManager();
    try (IValue given = IValue.from((PtNDArray) pictures);
        IValue found = IValueUtils.runMethod(module, "embed", given)) {
      return found.toTensor(scope);
    }
  }

  /** Weights and statistics, in the order of the layers. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** How many values training moves: without the running statistics of batch normalisation. */
  public long trainable() {
    return parameters.stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(p -> p.getShape().size())
        .sum();
  }

  /** All values of all parameters one after the other: what a file holds and what one averages. */
  public float[] values() {
    FloatBuffer all = FloatBuffer.allocate(description.size());
    parameters.forEach(p -> all.put(p.getArray().toFloatArray()));
    return all.array();
  }

  /**
   * Replaces all values, in place.
   *
   * @throws IllegalArgumentException where their number is not this architecture's
   */
  public void replaceValues(float[] values) {
    description.check(values);
    try (NDManager scope = manager.newSubManager();
        IValue all = IValue.from((PtNDArray) scope.create(values, new Shape(values.length)))) {
      IValueUtils.runMethod(module, "take", all).close();
    }
  }

  /**
   * Begins with the weights of another network, for example one that torchvision trained on
   * ImageNet: takes every tensor whose name and shape are this network's. A classifier of other
   * outputs stays as it is. Nothing in the archive is run.
   *
   * @param archive TorchScript ({@code torch.jit.save}) or a {@code state_dict} ({@code
   *     torch.save})
   * @throws CallerMistake {@code not-weights} where it is neither, {@code other-network} where
   *     nothing in it fits
   */
  public Taken startFrom(Path archive) {
    float[] values = values();
    int taken;
    try (TorchWeights weights = TorchWeights.open(archive)) {
      taken = description.state().size() - description.take(values, weights::values).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (taken == 0) {
      throw new CallerMistake(
          "other-network",
          "no tensor in " + archive.getFileName() + " has a name and shape of this network",
          "Give the weights of the same architecture, with torchvision's names");
    }
    replaceValues(values);
    return new Taken(taken, description.state().size() - taken);
  }

  /** The same of an archive in memory. */
  public Taken startFrom(byte[] archive) {
    try {
      Path file = Files.createTempFile("fovea-weights-", ".pt");
      try {
        Files.write(file, archive);
        return startFrom(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Edge of the input in pixels. */
  public int edge() {
    return edge;
  }

  /** The scope of the weights: what hangs here lives as long as the network. */
  public NDManager manager() {
    return manager;
  }

  private NDList state() {
    try (IValue state = IValueUtils.runMethod(module, "state")) {
      return state.toNDList((PtNDManager) manager);
    }
  }

  private static List<Parameter> parameters(List<StateTensor> names, NDList arrays) {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      StateTensor tensor = names.get(i);
      Parameter parameter =
          Parameter.builder()
              .setName(tensor.name())
              .setType(Parameter.Type.OTHER)
              .optRequiresGrad(tensor.role() == Role.WEIGHT)
              .build();
      parameter.setArray(arrays.get(i));
      parameters.add(parameter);
    }
    return List.copyOf(parameters);
  }

  @Override
  public void close() {
    manager.close();
  }
}
