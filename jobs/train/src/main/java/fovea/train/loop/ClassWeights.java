package fovea.train.loop;

import fovea.train.data.Objective;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How much a picture of each grade weighs in the loss.
 *
 * @param byGrade five factors whose mean over the training part is 1
 */
record ClassWeights(float[] byGrade) implements Serializable {

  static ClassWeights equal() {
    float[] weights = new float[Objective.GRADE_COUNT];
    Arrays.fill(weights, 1);
    return new ClassWeights(weights);
  }

  /**
   * Every class of the objective weighs the same in all: n / (classes x n of the class), where only
   * classes that occur count.
   *
   * @param byGrade samples of each grade
   */
  static ClassWeights balancing(List<Long> byGrade, Objective objective) {
    long[] counts = new long[Objective.GRADE_COUNT];
    for (int grade = 0; grade < counts.length; grade++) {
      counts[objective.classOf(grade)] += byGrade.get(grade);
    }
    long all = Arrays.stream(counts).sum();
    long classes = Arrays.stream(counts).filter(n -> n > 0).count();
    float[] weights = new float[Objective.GRADE_COUNT];
    for (int grade = 0; grade < weights.length; grade++) {
      long same = counts[objective.classOf(grade)];
      weights[grade] = same == 0 ? 1 : (float) (all / ((double) classes * same));
    }
    return new ClassWeights(weights);
  }

  float of(int grade) {
    return byGrade[grade];
  }
}
