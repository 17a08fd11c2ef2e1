package fovea.train.network;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A network as a TorchScript archive: what {@code torch.jit.load} of PyTorch reads, and what the
 * engine runs. Input N x 3 x edge x edge, normalised as the network's header says; output logits.
 */
public final class TorchScriptFile {
  private static final int OVERHEAD = 1 << 16;
  private static final byte[] NO_CONSTANTS = new Pickle().emptyTuple().finish();
  private static final byte[] VERSION = "3\n".getBytes(StandardCharsets.US_ASCII);

  private TorchScriptFile() {}

  /**
   * A trained network for Python, ready for inference ({@code train()} there goes on learning). The
   * same network gives the same bytes.
   *
   * @param outputs logits a picture
   * @param values what {@link Network#values()} gave
   * @throws IllegalArgumentException where their number is not this architecture's
   */
  public static byte[] write(Architecture architecture, int outputs, float[] values) {
    Description description = architecture.description().apply(outputs);
    description.check(values);
    TorchArchive archive = new TorchArchive(Float.BYTES * values.length + OVERHEAD);
    module(archive, description, ModulePickle.Mode.INFERENCE);
    FloatBuffer all = FloatBuffer.wrap(values);
    List<StateTensor> state = description.state();
    for (int i = 0; i < state.size(); i++) {
      ByteBuffer blob = ByteBuffer.allocate(Float.BYTES * state.get(i).size());
      blob.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(part(all, state.get(i).size()));
      archive.add(blobName(i), blob.array());
    }
    return archive.finish();
  }

  /** The network with zeros for values, for learning: a small file, however large the network. */
  static byte[] empty(Description description) {
    TorchArchive archive = new TorchArchive(OVERHEAD);
    module(archive, description, ModulePickle.Mode.LEARNING);
    List<StateTensor> state = description.state();
    for (int i = 0; i < state.size(); i++) {
      archive.addZeros(blobName(i), Float.BYTES * state.get(i).size());
    }
    return archive.finish();
  }

  private static void module(
      TorchArchive archive, Description description, ModulePickle.Mode mode) {
    ModuleCode code = ModuleCode.of(description);
    module(
        archive,
        ModulePickle.write(description, code, mode),
        code.text().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * All of a module but its tensors.
   *
   * @param code of {@link ModuleCode#PACKAGE}
   */
  static void module(TorchArchive archive, byte[] object, byte[] code) {
    archive.add("data.pkl", object);
    archive.add("code/__torch__/fovea.py", code);
    archive.add("constants.pkl", NO_CONSTANTS);
    archive.add("version", VERSION);
  }

  /** For the engine; the module lives as long as the scope. */
  static PtSymbolBlock load(byte[] archive, NDManager manager) {
    try {
      return JniUtils.loadModule(
          (PtNDManager) manager, new ByteArrayInputStream(archive), true, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String blobName(int index) {
    return "data/" + index;
  }

  private static FloatBuffer part(FloatBuffer all, int size) {
    FloatBuffer part = all.slice(all.position(), size);
    all.position(all.position() + size);
    return part;
  }
}
