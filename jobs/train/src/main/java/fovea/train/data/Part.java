package fovea.train.data;

import java.util.List;
import java.util.Locale;

/** The parts of a data set; all images of one patient lie in one part. */
public enum Part {
  /** What the network learns from. */
  TRAIN,
  /** What decides when it has learnt, and its threshold. */
  VALIDATION,
  /** What it is judged by, once. */
  TEST;

  /** Lower-case name, as stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part of a stored word. */
  public static Part of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The samples that lie in it, in their order. */
  public List<Sample> among(List<Sample> samples) {
    return samples.stream().filter(s -> s.part() == this).toList();
  }
}
