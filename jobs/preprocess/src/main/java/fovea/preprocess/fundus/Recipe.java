package fovea.preprocess.fundus;

import fovea.contract.hash.Sha256;
import fovea.imaging.Mats;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The steps in their order. Two recipes that would do the same are the same: a step that is
 * switched off is not in the list, and its parameters change nothing.
 */
record Recipe(List<Step> steps) implements Serializable {
  // Changes with the code: the same parameters give other rows after a step or measure was changed.
  private static final String CODE = "p3";

  private static final int SQUARE = 2;

  Recipe {
    steps = List.copyOf(steps);
  }

  /** The first two steps: the field of view, cut out and scaled. */
  Picture square(Picture photograph, Mats mats) {
    return applied(steps.subList(0, SQUARE), photograph, mats);
  }

  /** The steps after {@link #square}. */
  Picture finish(Picture square, Mats mats) {
    return applied(steps.subList(SQUARE, steps.size()), square, mats);
  }

  private static Picture applied(List<Step> steps, Picture before, Mats mats) {
    Picture picture = before;
    for (Step step : steps) {
      picture = step.apply(picture, mats);
    }
    return picture;
  }

  /** One line of JSON: {@code {"steps":[{"step":"area-resize","size":512}, ...]}}. */
  String json() {
    return steps.stream().map(Recipe::json).collect(Collectors.joining(",", "{\"steps\":[", "]}"));
  }

  /** {@code p3-} and 8 hexadecimal digits of SHA-256 over {@link #json()}. */
  String version() {
    return CODE + "-" + Sha256.of(json().getBytes(StandardCharsets.UTF_8)).substring(0, 8);
  }

  // Names and numbers only: nothing needs escaping.
  private static String json(Step step) {
    return step.parameters().entrySet().stream()
        .map(entry -> ",\"" + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining("", "{\"step\":\"" + step.name() + "\"", "}"));
  }
}
