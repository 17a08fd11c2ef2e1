package fovea.bias.table;

/** Why a row cannot be used: a code for programs, a sentence for people. */
final class Faults {
  private Faults() {}

  static String code(int binary, String column) {
    return (binary == Cell.MISSING ? "missing-" : "bad-") + column;
  }

  static String ofClass(int place, String column) {
    return (place == Cell.MISSING ? "missing-" : "unknown-") + column;
  }

  static String sentence(String code) {
    return switch (code) {
      case "missing-label" -> "the label is empty";
      case "bad-label" -> "the label is neither 0 nor 1";
      case "missing-prediction" -> "the prediction is empty";
      case "bad-prediction" -> "the prediction is neither 0 nor 1";
      case "missing-score" -> "the score is empty";
      case "bad-score" -> "the score is not a number from 0 to 1";
      case "unknown-label" -> "the label is none of the classes";
      case "unknown-prediction" -> "the prediction is none of the classes";
      case "bad-probabilities" -> "the probabilities of the classes do not sum to 1";
      case "wrong-column-count" -> "the row has more or fewer cells than the header";
      case "unclosed-quote" -> "a quote is opened and never closed";
      case "line-too-long" -> "the line is longer than a million characters";
      default -> "the row cannot be read as CSV";
    };
  }
}
