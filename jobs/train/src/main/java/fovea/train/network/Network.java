package fovea.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import java.util.List;

/** A network with its weights in native memory, for one thread. Close it. */
public final class Network implements AutoCloseable {
  private final NDManager manager;
  private final Block block;
  private final ParameterStore store;
  private final int edge;

  private Network(Architecture architecture, int edge, int outputs) {
    this.manager = Torch.scope();
    this.block = architecture.block().apply(outputs);
    this.store = new ParameterStore(manager, false);
    this.edge = edge;
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, edge, edge));
  }

  /**
   * A network with random weights.
   *
   * @param edge of its input in pixels
   * @param outputs logits a picture
   */
  public static Network untrained(Architecture architecture, int edge, int outputs, long seed) {
    Torch.seed(seed);
    return new Network(architecture, edge, outputs);
  }

  /**
   * A network with given weights.
   *
   * @param values what {@link #values()} gave
   */
  public static Network trained(Architecture architecture, int edge, int outputs, float[] values) {
    Network network = new Network(architecture, edge, outputs);
    network.replaceValues(values);
    return network;
  }

  /**
   * Logits while learning: batch statistics, dropout. Input N x 3 x edge x edge, output N x
   * outputs.
   */
  public NDArray learn(NDArray pictures) {
    return block.forward(store, new NDList(pictures), true).singletonOrThrow();
  }

  /** Logits of pictures. Input N x 3 x edge x edge, output N x outputs. */
  public NDArray infer(NDArray pictures) {
    return block.forward(store, new NDList(pictures), false).singletonOrThrow();
  }

  /** Weights and statistics, in the order of the blocks. */
  public List<Parameter> parameters() {
    return block.getParameters().values();
  }

  /** How many values training moves: without the running statistics of batch normalisation. */
  public long trainable() {
    return parameters().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(p -> p.getShape().size())
        .sum();
  }

  /** All values of all parameters one after the other: what a file holds and what one averages. */
  public float[] values() {
    FloatBuffer all = FloatBuffer.allocate(size());
    parameters().forEach(p -> all.put(p.getArray().toFloatArray()));
    return all.array();
  }

  /**
   * Replaces all values; gradients must be off on this thread.
   *
   * @throws IllegalArgumentException where their number is not this architecture's
   */
  public void replaceValues(float[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          "the architecture has " + size() + " values, cannot be: " + values.length);
    }
    FloatBuffer all = FloatBuffer.wrap(values);
    for (Parameter parameter : parameters()) {
      float[] part = new float[Math.toIntExact(parameter.getShape().size())];
      all.get(part);
      parameter.getArray().set(part);
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

  private int size() {
    return Math.toIntExact(parameters().stream().mapToLong(p -> p.getShape().size()).sum());
  }

  @Override
  public void close() {
    manager.close();
  }
}
