package fovea.reconstruct.gate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One photograph as the gate sees it.
 *
 * @param sharpness energy of the Laplacian over that of the same picture blurred once; 1 is nothing
 *     but blur
 * @param brightest the 99th percentile of luminance, 0 to 255
 * @param burnt share of pixels at or over 250
 * @param features points to match
 * @param neighbours photographs that share enough points with it
 * @param advice empty where nothing is wrong
 */
public record PhotoVerdict(
    String name,
    Grade grade,
    double sharpness,
    double brightest,
    double burnt,
    int features,
    int neighbours,
    List<Advice> advice) {

  /** How well a photograph serves a reconstruction. */
  public enum Grade {
    /** Nothing wrong. */
    GOOD,
    /** Helps, though something could be better. */
    USABLE,
    /** Would do harm or nothing. */
    REJECT;

    /** Lower case. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The advice in words, empty where nothing is wrong. */
  public String sentences() {
    return advice.stream().map(Advice::sentence).collect(Collectors.joining("; "));
  }

  /** Copies the list. */
  public PhotoVerdict {
    advice = List.copyOf(advice);
  }
}
