package fovea.train.loop;

import fovea.train.data.Objective;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How much a picture of each grade weighs in each term of the loss.
 *
 * @param byGrade a row a grade, a column an output; over the training part the mean is 1
 */
record ClassWeights(float[][] byGrade) implements Serializable {

  static ClassWeights equal(Objective objective) {
    float[][] weights = new float[Objective.GRADE_COUNT][objective.outputs()];
    for (float[] row : weights) {
      Arrays.fill(row, 1);
    }
    return new ClassWeights(weights);
  }

  /**
   * Of every binary question yes and no weigh the same in all; of a choice of grade all grades do,
   * as far as they occur.
   *
   * @param byGrade samples of each grade
   */
  static ClassWeights balancing(List<Long> byGrade, Objective objective) {
    long[] counts = byGrade.stream().mapToLong(Long::longValue).toArray();
    ClassWeights weights = equal(objective);
    for (int grade = 0; grade < counts.length; grade++) {
      for (int output = 0; output < objective.outputs(); output++) {
        weights.byGrade[grade][output] = weight(counts, grade, output, objective);
      }
    }
    return weights;
  }

  /** A factor an output; not to be changed. */
  float[] of(int grade) {
    return byGrade[grade];
  }

  private static float weight(long[] counts, int grade, int output, Objective objective) {
    long[] classes = objective == Objective.GRADES ? counts : answers(counts, output, objective);
    int own = objective == Objective.GRADES ? grade : (int) objective.target(grade)[output];
    double all = Arrays.stream(classes).sum();
    long present = Arrays.stream(classes).filter(n -> n > 0).count();
    return classes[own] == 0 ? 1 : (float) (all / (present * classes[own]));
  }

  // How many samples answer a question with no, and with yes.
  private static long[] answers(long[] counts, int output, Objective objective) {
    long[] answers = new long[2];
    for (int grade = 0; grade < counts.length; grade++) {
      answers[(int) objective.target(grade)[output]] += counts[grade];
    }
    return answers;
  }
}
