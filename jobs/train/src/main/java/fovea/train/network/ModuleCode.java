package fovea.train.network;

import fovea.train.network.StateTensor.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/**
 * The TorchScript of a network: one class that computes, and one for every sort of module that only
 * holds tensors. Beside {@code forward} it has methods that only Fovea calls: {@code embed} gives
 * what the last layer is given, {@code state} all tensors in the order of the layers, {@code take}
 * replaces their values by those of one vector.
 */
final class ModuleCode {
  /** Qualified name of the package of all classes. */
  static final String PACKAGE = "__torch__.fovea";

  private static final String MAIN = "Network";
  private static final String METHODS =
      """
        def skip_pictures(self: __torch__.fovea.Network, x: Tensor, share: float, learning: bool) -> Tensor:
          if learning:
            kept = torch.bernoulli(torch.new_full(x, [torch.size(x, 0), 1, 1, 1], 1.0 - share))
            y = torch.mul(x, torch.mul(kept, 1.0 / (1.0 - share)))
          else:
            y = x
          return y
        def take(self: __torch__.fovea.Network, values: Tensor) -> NoneType:
          at = 0
          for tensor in self.state():
            end = torch.add(at, torch.numel(tensor))
            part = torch.slice(values, 0, at, end)
            _0 = torch.copy_(tensor, torch.view_as(part, tensor))
            at = end
          return None
      """;

  private final Map<String, String> classes = new LinkedHashMap<>();
  private final String text;

  private ModuleCode(Description description) {
    String root = classBody(ModuleTree.of(description.state()));
    text =
        classes.entrySet().stream()
                .map(c -> "class " + c.getValue() + "(Module):\n" + c.getKey())
                .collect(Collectors.joining())
            + ("class " + MAIN + "(Module):\n" + root)
            + forward(description)
            + embed(description)
            + state(description)
            + METHODS;
  }

  static ModuleCode of(Description description) {
    return new ModuleCode(description);
  }

  /** The text of {@code code/__torch__/fovea.py}. */
  String text() {
    return text;
  }

  /** The name of a module's class, without the package. */
  String className(ModuleTree module) {
    return classes.getOrDefault(classBody(module), MAIN);
  }

  /** The expression for a tensor: names of numbers are no attributes one can write with a dot. */
  static String path(String name) {
    String path = "self";
    for (String part : name.split("\\.")) {
      path = digits(part) ? "getattr(" + path + ", \"" + part + "\")" : path + "." + part;
    }
    return path;
  }

  private String classBody(ModuleTree module) {
    return "  __parameters__ = "
        + names(module, Role.WEIGHT)
        + "\n  __buffers__ = "
        + names(module, Role.STATISTIC)
        + "\n  training : bool\n"
        + module.tensors().keySet().stream()
            .map(name -> attribute(name, "Tensor"))
            .collect(Collectors.joining())
        + module.modules().entrySet().stream()
            .map(m -> attribute(m.getKey(), PACKAGE + "." + inner(m)))
            .collect(Collectors.joining());
  }

  private String inner(Entry<String, ModuleTree> module) {
    String body = classBody(module.getValue());
    return classes.computeIfAbsent(body, unused -> "Part" + classes.size());
  }

  private static String attribute(String name, String type) {
    String left = digits(name) ? "__annotations__[\"" + name + "\"] = " : name + " : ";
    return "  " + left + type + "\n";
  }

  private static String names(ModuleTree module, Role role) {
    return module.tensors().entrySet().stream()
        .filter(t -> t.getValue().role() == role)
        .map(t -> "\"" + t.getKey() + "\", ")
        .collect(Collectors.joining("", "[", "]"));
  }

  private static String forward(Description description) {
    String head = "  def forward(self: " + PACKAGE + "." + MAIN + ", x: Tensor) -> Tensor:\n    ";
    return head + String.join("\n    ", description.lines()) + returns(description.answer());
  }

  // All but the last layer, as it is when nothing is learnt.
  private static String embed(Description description) {
    String head = "  def embed(self: " + PACKAGE + "." + MAIN + ", x: Tensor) -> Tensor:\n    ";
    List<String> lines =
        description.lines().stream()
            .takeWhile(line -> !line.startsWith(description.answer() + " = "))
            .map(line -> line.replace("self.training", "False"))
            .toList();
    return head + String.join("\n    ", lines) + returns(description.embedding());
  }

  private static String state(Description description) {
    List<String> paths = description.state().stream().map(t -> path(t.name())).toList();
    String head = "  def state(self: " + PACKAGE + "." + MAIN + ") -> List[Tensor]:";
    return head + returns("[" + String.join(", ", paths) + "]");
  }

  private static String returns(String expression) {
    return "\n    return " + expression + "\n";
  }

  private static boolean digits(String name) {
    return Character.isDigit(name.charAt(0));
  }
}
