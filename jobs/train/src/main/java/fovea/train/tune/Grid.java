package fovea.train.tune;

import fovea.contract.errors.CallerMistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Values to be tried, every combination of them.
 *
 * @param values of each setting, by its name, in the order given
 */
public record Grid(Map<String, List<String>> values) {
  private static final int MOST = 1000;

  /** Keeps the order. */
  public Grid {
    values = new LinkedHashMap<>(values);
  }

  /**
   * Parses {@code learning-rate=1e-3,3e-3;image-size=64,96}; nothing is one configuration.
   *
   * @throws CallerMistake {@code bad-grid}
   */
  public static Grid of(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String line : text.isBlank() ? List.<String>of() : List.of(text.split(";"))) {
      int equals = line.indexOf('=');
      List<String> some =
          Stream.of(line.substring(equals + 1).split(","))
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .toList();
      String name = line.substring(0, Math.max(0, equals)).strip();
      if (name.isEmpty() || some.isEmpty() || values.put(name, some) != null) {
        throw bad("cannot be read: " + line.strip());
      }
    }
    Grid grid = new Grid(values);
    if (grid.size() > MOST) {
      throw bad("has " + grid.size() + " configurations, more than " + MOST);
    }
    return grid;
  }

  /** Every combination; the last setting changes first. */
  public List<Map<String, String>> choices() {
    List<Map<String, String>> choices = List.of(Map.of());
    for (Map.Entry<String, List<String>> setting : values.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> choice : choices) {
        setting.getValue().forEach(value -> longer.add(with(choice, setting.getKey(), value)));
      }
      choices = longer;
    }
    return choices;
  }

  /** A choice as flags for {@code train}. */
  public static String flags(Map<String, String> choice) {
    return choice.entrySet().stream()
        .map(e -> "--" + e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(" "));
  }

  private double size() {
    return values.values().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
  }

  private static Map<String, String> with(Map<String, String> choice, String name, String value) {
    Map<String, String> longer = new LinkedHashMap<>(choice);
    longer.put(name, value);
    return longer;
  }

  private static CallerMistake bad(String why) {
    return new CallerMistake(
        "bad-grid", "the grid " + why, "Write --grid \"learning-rate=1e-3,3e-3;image-size=64,96\"");
  }
}
