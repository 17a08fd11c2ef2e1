package fovea.preprocess.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of results: {@code sub/eye.jpg} becomes {@code sub/eye.png}; where another file has the
 * same stem both keep their extension, {@code sub/eye.jpg.png}. No two are alike, also where the
 * file system ignores case.
 */
final class OutputNames {
  private OutputNames() {}

  /** For each file, relative to the pictures' folder, the result's name, in the same order. */
  static List<String> of(List<Path> files) {
    Map<String, Integer> stems = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Path file : files) {
      stems.merge(folded(stem(slashed(file))), 1, Integer::sum);
      for (Path up = file.getParent(); up != null; up = up.getParent()) {
        taken.add(folded(slashed(up)));
      }
    }
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      String whole = slashed(file);
      boolean alone = stems.getOrDefault(folded(stem(whole)), 0) == 1;
      names.add(free(alone ? stem(whole) : whole, taken));
    }
    return names;
  }

  /** The path with slashes on every system. */
  static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static String free(String base, Set<String> taken) {
    String name = base + ".png";
    for (int i = 2; !taken.add(folded(name)); i++) {
      name = base + "-" + i + ".png";
    }
    return name;
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
