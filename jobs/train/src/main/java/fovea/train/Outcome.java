package fovea.train;

import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.loop.Trained;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the training task hands back: of fixed size, however many images there were.
 *
 * @param parts readable images of each part, by its word
 * @param rejected unreadable images by reason code
 * @param trained null where a part lacks a class
 */
record Outcome(Map<String, Counts> parts, Map<String, Long> rejected, @Nullable Trained trained)
    implements Serializable {

  /** Counts samples by part. */
  static Map<String, Counts> count(List<Sample> samples) {
    Map<String, Counts> counts = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      List<Sample> some = samples.stream().filter(s -> s.part() == part).toList();
      counts.put(
          part.word(), new Counts(some.size(), some.stream().mapToLong(Sample::label).sum()));
    }
    return counts;
  }

  /** Whether every part has both classes. */
  static boolean enough(Map<String, Counts> parts) {
    return parts.size() == Part.values().length && parts.values().stream().allMatch(Counts::both);
  }

  /** For a person: {@code train 40 (12 referable), ...}. */
  static String inWords(Map<String, Counts> parts) {
    return parts.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue().images() + " (" + e.getValue().referable() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Images of a part, and how many of them are referable. */
  record Counts(long images, long referable) implements Serializable {

    Counts plus(Counts other) {
      return new Counts(images + other.images, referable + other.referable);
    }

    private boolean both() {
      return referable > 0 && referable < images;
    }
  }
}
