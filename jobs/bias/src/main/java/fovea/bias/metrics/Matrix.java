package fovea.bias.metrics;

/** How often each class was predicted for each label: rows are labels, columns predictions. */
public final class Matrix {
  private final long[][] cells;

  /**
   * Empty.
   *
   * @param classes at least 2; classes are numbered from 0 in their order
   */
  public Matrix(int classes) {
    cells = new long[classes][classes];
  }

  /** The two-class matrix of a confusion. */
  static Matrix of(Confusion c) {
    return new Matrix(2)
        .add(1, 1, c.truePositives())
        .add(0, 1, c.falsePositives())
        .add(0, 0, c.trueNegatives())
        .add(1, 0, c.falseNegatives());
  }

  /** Adds rows that agree in label and prediction. */
  public Matrix add(int label, int prediction, long times) {
    cells[label][prediction] += times;
    return this;
  }

  /** Adds everything another of equal size has. */
  public Matrix add(Matrix other) {
    for (int label = 0; label < cells.length; label++) {
      for (int prediction = 0; prediction < cells.length; prediction++) {
        cells[label][prediction] += other.cells[label][prediction];
      }
    }
    return this;
  }

  /** How many classes there are. */
  public int classes() {
    return cells.length;
  }

  /** Rows of a label and a prediction. */
  public long rows(int label, int prediction) {
    return cells[label][prediction];
  }

  /** Rows in all. */
  public long count() {
    long sum = 0;
    for (int label = 0; label < cells.length; label++) {
      sum += labelled(label);
    }
    return sum;
  }

  /** Rows whose prediction is the label. */
  public long correct() {
    long sum = 0;
    for (int i = 0; i < cells.length; i++) {
      sum += cells[i][i];
    }
    return sum;
  }

  /** Rows of a label. */
  public long labelled(int label) {
    long sum = 0;
    for (long times : cells[label]) {
      sum += times;
    }
    return sum;
  }

  /** The rarest label's rows, of the labels that occur; 0 where only one occurs. */
  long rarest() {
    long rarest = Long.MAX_VALUE;
    int occurring = 0;
    for (int label = 0; label < cells.length; label++) {
      long rows = labelled(label);
      occurring += rows > 0 ? 1 : 0;
      rarest = rows > 0 ? Math.min(rarest, rows) : rarest;
    }
    return occurring < 2 ? 0 : rarest;
  }

  /** Class 1 against class 0; of several classes, all above 0 against 0. */
  public Confusion confusion() {
    return atLeast(1);
  }

  /** A class and all above it against those below (ordinal). */
  public Confusion atLeast(int least) {
    return binary(least, cells.length);
  }

  /** One class against the rest. */
  public Confusion one(int only) {
    return binary(only, only + 1);
  }

  /** The mean recall of the labels that occur (scikit-learn's balanced_accuracy_score). */
  public double balancedAccuracy() {
    double sum = 0;
    int occurring = 0;
    for (int label = 0; label < cells.length; label++) {
      long rows = labelled(label);
      if (rows > 0) {
        sum += (double) cells[label][label] / rows;
        occurring++;
      }
    }
    return sum / occurring;
  }

  /** The variance of {@link #balancedAccuracy} for independent rows, one row added to each side. */
  public double balancedVariance() {
    double sum = 0;
    int occurring = 0;
    for (int label = 0; label < cells.length; label++) {
      long rows = labelled(label);
      if (rows > 0) {
        double recall = (cells[label][label] + 1.0) / (rows + 2);
        sum += recall * (1 - recall) / rows;
        occurring++;
      }
    }
    return sum / ((double) occurring * occurring);
  }

  /**
   * Cohen's kappa with quadratic weights; of two classes it is Cohen's kappa. NaN where labels and
   * predictions are all of one class.
   */
  public double quadraticKappa() {
    double observed = 0;
    double expected = 0;
    double count = count();
    for (int label = 0; label < cells.length; label++) {
      for (int prediction = 0; prediction < cells.length; prediction++) {
        double weight = (double) (label - prediction) * (label - prediction);
        observed += weight * cells[label][prediction];
        expected += weight * labelled(label) * predicted(prediction) / count;
      }
    }
    return expected == 0 ? Double.NaN : 1 - observed / expected;
  }

  private long predicted(int prediction) {
    long sum = 0;
    for (long[] row : cells) {
      sum += row[prediction];
    }
    return sum;
  }

  private Confusion binary(int from, int to) {
    long[] sums = new long[4];
    for (int label = 0; label < cells.length; label++) {
      for (int prediction = 0; prediction < cells.length; prediction++) {
        int truth = label >= from && label < to ? 2 : 0;
        int said = prediction >= from && prediction < to ? 1 : 0;
        sums[truth + said] += cells[label][prediction];
      }
    }
    return new Confusion(sums[3], sums[1], sums[0], sums[2]);
  }
}
