package fovea.train.network;

import fovea.train.network.StateTensor.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code data.pkl}: the modules of a network as objects, their tensors as references to blobs. */
final class ModulePickle {
  /** How the module is when it is read. */
  enum Mode {
    LEARNING,
    INFERENCE
  }

  private final Pickle pickle = new Pickle();
  private final List<StateTensor> blobs;
  private final ModuleCode code;
  private final Mode mode;

  private ModulePickle(Description description, ModuleCode code, Mode mode) {
    this.blobs = description.state();
    this.code = code;
    this.mode = mode;
  }

  /** The bytes; blob {@code i} is tensor {@code i} of the description's state. */
  static byte[] write(Description description, ModuleCode code, Mode mode) {
    ModulePickle file = new ModulePickle(description, code, mode);
    file.module(ModuleTree.of(description.state()));
    return file.pickle.finish();
  }

  private void module(ModuleTree module) {
    pickle.global(ModuleCode.PACKAGE, code.className(module)).emptyTuple().op(Pickle.NEW_OBJECT);
    pickle.op(Pickle.EMPTY_DICT).op(Pickle.MARK);
    pickle.string("training").bool(mode == Mode.LEARNING);
    module
        .tensors()
        .forEach(
            (name, tensor) -> {
              pickle.string(name);
              tensor(tensor);
            });
    module
        .modules()
        .forEach(
            (name, inner) -> {
              pickle.string(name);
              module(inner);
            });
    pickle.op(Pickle.SET_ITEMS).op(Pickle.BUILD);
  }

  // The call _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks).
  private void tensor(StateTensor tensor) {
    pickle.global("torch._utils", "_rebuild_tensor_v2").op(Pickle.MARK);
    pickle.op(Pickle.MARK).string("storage").global("torch", "FloatStorage");
    pickle.string(String.valueOf(blobs.indexOf(tensor))).string("cpu").integer(tensor.size());
    pickle.op(Pickle.TUPLE).op(Pickle.PERSISTENT_ID);
    pickle.integer(0).integers(tensor.shape()).integers(strides(tensor.shape()));
    pickle.bool(tensor.role() == Role.WEIGHT);
    pickle.global("collections", "OrderedDict").emptyTuple().op(Pickle.REDUCE);
    pickle.op(Pickle.TUPLE).op(Pickle.REDUCE);
  }

  private static List<Integer> strides(List<Integer> shape) {
    List<Integer> strides = new ArrayList<>();
    int stride = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides.add(stride);
      stride *= shape.get(i);
    }
    Collections.reverse(strides);
    return strides;
  }
}
