package fovea.train.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a network is asked of a picture, and how its logits answer. Grades are ICDR, 0 to 4. */
public enum Objective {
  /** One logit: is it referable, grade 2 or more? */
  BINARY(1) {
    @Override
    public float[] target(int grade) {
      return new float[] {isReferable(grade) ? 1 : 0};
    }

    @Override
    public double referable(float[] logits) {
      return sigmoid(logits[0]);
    }

    @Override
    public int grade(float[] logits) {
      return NO_GRADE;
    }
  },

  /**
   * Four logits, the k-th (from 0): is the grade greater than k? Each is a binary question of its
   * own on shared features (Frank and Hall 2001; CORAL, Cao et al. 2020, with free thresholds and
   * weights). The grade is how many are answered with yes.
   */
  ORDINAL(4) {
    @Override
    public float[] target(int grade) {
      float[] target = new float[4];
      for (int k = 0; k < grade; k++) {
        target[k] = 1;
      }
      return target;
    }

    @Override
    public double referable(float[] logits) {
      return sigmoid(logits[REFERABLE_GRADE - 1]);
    }

    @Override
    public int grade(float[] logits) {
      return (int) IntStream.range(0, logits.length).filter(k -> logits[k] > 0).count();
    }
  },

  /** Five logits, one a grade: a softmax. */
  GRADES(5) {
    @Override
    public float[] target(int grade) {
      float[] target = new float[5];
      target[grade] = 1;
      return target;
    }

    @Override
    public double referable(float[] logits) {
      double most = IntStream.range(0, logits.length).mapToDouble(k -> logits[k]).max().orElse(0);
      double below = 0;
      double all = 0;
      for (int k = 0; k < logits.length; k++) {
        double share = Math.exp(logits[k] - most);
        all += share;
        below += k < REFERABLE_GRADE ? share : 0;
      }
      return 1 - below / all;
    }

    @Override
    public int grade(float[] logits) {
      int best = 0;
      for (int k = 1; k < logits.length; k++) {
        best = logits[k] > logits[best] ? k : best;
      }
      return best;
    }
  };

  /** The least grade that is referred: moderate retinopathy. */
  public static final int REFERABLE_GRADE = 2;

  /** How many grades there are. */
  public static final int GRADE_COUNT = 5;

  /** Where no grade is said. */
  public static final int NO_GRADE = -1;

  private final int outputs;

  Objective(int outputs) {
    this.outputs = outputs;
  }

  /** Logits a picture. */
  public int outputs() {
    return outputs;
  }

  /** What the logits are to learn: {@link #outputs} values of 0 and 1. */
  public abstract float[] target(int grade);

  /** The probability of referable. */
  public abstract double referable(float[] logits);

  /** The likeliest grade, or {@link #NO_GRADE} where only referable is asked. */
  public abstract int grade(float[] logits);

  /** Whether a patient of this grade is referred. */
  public static boolean isReferable(int grade) {
    return grade >= REFERABLE_GRADE;
  }

  /** Lower-case name, as on the command line and in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The objective of a word. */
  public static Objective of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** All words. */
  public static List<String> words() {
    return Stream.of(values()).map(Objective::word).toList();
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
