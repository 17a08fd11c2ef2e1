package fovea.train.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors sorted into modules by the dots in their names, as PyTorch keeps them.
 *
 * @param modules by name
 * @param tensors directly in this module, by the last part of their names
 */
record ModuleTree(Map<String, ModuleTree> modules, Map<String, StateTensor> tensors) {

  static ModuleTree of(List<StateTensor> state) {
    ModuleTree root = empty();
    for (StateTensor tensor : state) {
      String[] parts = tensor.name().split("\\.");
      ModuleTree module = root;
      for (int i = 0; i < parts.length - 1; i++) {
        module = module.modules.computeIfAbsent(parts[i], unused -> empty());
      }
      module.tensors.put(parts[parts.length - 1], tensor);
    }
    return root;
  }

  private static ModuleTree empty() {
    return new ModuleTree(new LinkedHashMap<>(), new LinkedHashMap<>());
  }
}
