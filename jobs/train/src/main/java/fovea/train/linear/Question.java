package fovea.train.linear;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a linear model is asked. */
public enum Question {
  /** Of a refractive measurement: has the eye a diagnosis? A logistic regression. */
  DIAGNOSIS("logistic-refraction"),
  /** Of an eye's length and pressure: its spherical equivalent. A linear regression. */
  EQUIVALENT("linear-biometry"),
  /** Of a network's embedding of a picture: is it referable? A logistic regression. */
  REFERABLE("logistic-embedding");

  private final String architecture;

  Question(String architecture) {
    this.architecture = architecture;
  }

  /** As it stands in {@code training_runs}. */
  public String architecture() {
    return architecture;
  }

  /** Whether it is answered with yes or no. */
  public boolean isYesOrNo() {
    return this != EQUIVALENT;
  }

  /** Lower-case name, as on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The question of a word. */
  public static Question of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** All words. */
  public static List<String> words() {
    return Stream.of(values()).map(Question::word).toList();
  }
}
