package fovea.train.loop;

import fovea.train.data.Objective;
import fovea.train.data.Sample;
import java.util.Arrays;
import java.util.List;

/**
 * How much a picture of each grade weighs in the loss.
 *
 * @param byGrade five factors whose mean over the training part is 1
 */
record ClassWeights(float[] byGrade) {

  static ClassWeights equal() {
    float[] weights = new float[Objective.GRADE_COUNT];
    Arrays.fill(weights, 1);
    return new ClassWeights(weights);
  }

  /**
   * Every class of the objective weighs the same in all: n / (classes x n of the class), where only
   * classes that occur count.
   */
  static ClassWeights balancing(List<Sample> samples, Objective objective) {
    long[] counts = new long[Objective.GRADE_COUNT];
    samples.forEach(s -> counts[objective.classOf(s.grade())]++);
    long classes = Arrays.stream(counts).filter(n -> n > 0).count();
    float[] weights = new float[Objective.GRADE_COUNT];
    for (int grade = 0; grade < weights.length; grade++) {
      long same = counts[objective.classOf(grade)];
      weights[grade] = same == 0 ? 1 : (float) (samples.size() / ((double) classes * same));
    }
    return new ClassWeights(weights);
  }

  float of(int grade) {
    return byGrade[grade];
  }
}
