package fovea.bias.table;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Label, prediction and score of one row after the other. */
final class RowReader {
  private final Columns columns;
  private final Classes classes;
  private final int labelAt;
  private final int predictionAt;
  private final int scoreAt;
  private final int patientAt;
  private final int[] groups;
  private final int[] probabilities;
  private final Map<String, Long> others = new TreeMap<>();
  private int label;
  private int prediction;
  private @Nullable Double score;

  RowReader(Header header, Columns columns) {
    this.columns = columns;
    classes = columns.classes();
    labelAt = header.index(columns.label());
    predictionAt = columns.prediction().map(header::index).orElse(-1);
    scoreAt = columns.score().map(header::index).orElse(-1);
    patientAt = columns.patient().map(header::index).orElse(-1);
    groups = columns.groups().stream().mapToInt(header::index).toArray();
    probabilities = classes.probabilities().stream().mapToInt(header::index).toArray();
  }

  /** Reads the cells; the code of what is wrong, or null. */
  @Nullable String read(List<String> cells) {
    int truth = classes.place(cells.get(labelAt));
    int said = predictionAt < 0 ? 0 : classes.place(cells.get(predictionAt));
    columns.prediction().ifPresent(p -> note(p, said));
    note(columns.label(), truth);
    if (truth < 0 || said < 0) {
      return truth < 0 ? code(truth, "label") : code(said, "prediction");
    }
    label = classes.counted(truth);
    prediction = classes.counted(said);
    score = null;
    if (probabilities.length > 0) {
      return readProbabilities(cells);
    }
    return scoreAt < 0 ? null : readScore(cells.get(scoreAt));
  }

  private @Nullable String readScore(String text) {
    double number = Cell.number(text);
    if (!(number >= 0 && number <= 1)) {
      return Cell.isMissing(text) ? "missing-score" : "bad-score";
    }
    score = number;
    return null;
  }

  private @Nullable String readProbabilities(List<String> cells) {
    double[] shares = new double[probabilities.length];
    int likeliest = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Cell.number(cells.get(probabilities[i]));
      likeliest = shares[i] > shares[likeliest] ? i : likeliest;
    }
    if (!Classes.areShares(shares)) {
      return "bad-probabilities";
    }
    if (predictionAt < 0) {
      prediction = classes.counted(likeliest);
    }
    if (!classes.isSeveral()) {
      score = classes.score(shares);
    }
    return null;
  }

  private String code(int place, String column) {
    return classes.names().isEmpty() ? Faults.code(place, column) : Faults.ofClass(place, column);
  }

  private void note(String column, int value) {
    if (value == Cell.OTHER) {
      others.merge(column, 1L, Long::sum);
    }
  }

  /** By column how often it said what is neither 0 nor 1, or no class. */
  Map<String, Long> others() {
    return others;
  }

  String group(List<String> cells, int place) {
    return cells.get(groups[place]);
  }

  String patient(List<String> cells) {
    return cells.get(patientAt).strip();
  }

  int label() {
    return label;
  }

  int prediction() {
    return prediction;
  }

  @Nullable Double score() {
    return score;
  }
}
