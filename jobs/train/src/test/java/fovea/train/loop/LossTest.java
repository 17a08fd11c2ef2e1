package fovea.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import fovea.train.data.Objective;
import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.data.Subject;
import fovea.train.network.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
  private static final int N = 7;
  private static final double NUDGE = 1e-4;

  static Stream<Loss> losses() {
    return Stream.of(Objective.values())
        .flatMap(
            objective ->
                Stream.of(
                    new Loss(objective, 0, 0),
                    new Loss(objective, 0, 0.1),
                    new Loss(objective, 2, 0),
                    new Loss(objective, 0.5, 0),
                    new Loss(objective, 1.5, 0.2)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void values_and_gradients_are_those_of_the_plain_reference(Loss loss) {
    Batchlet some = Batchlet.random(loss.objective(), 4);
    Judged judged = engine(loss, some);
    assertThat(judged.value)
        .isEqualTo(PlainLoss.of(loss, some.logits, some.targets, some.weights), within(1e-4));
    for (int i = 0; i < N; i++) {
      for (int k = 0; k < loss.objective().outputs(); k++) {
        double slope = (nudged(loss, some, i, k, 1) - nudged(loss, some, i, k, -1)) / (2 * NUDGE);
        assertThat(judged.gradient[i * loss.objective().outputs() + k])
            .as("logit %d of picture %d", k, i)
            .isEqualTo((float) slope, within(2e-4f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void extreme_logits_have_a_finite_loss_and_gradient(Loss loss) {
    Batchlet some = Batchlet.random(loss.objective(), 200);
    Judged judged = engine(loss, some);
    assertThat(judged.value).isFinite();
    for (float slope : judged.gradient) {
      assertThat(slope).isFinite();
    }
  }

  @Test
  void balancing_weights_make_every_class_weigh_the_same() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int grade = i < 20 ? 0 : i < 28 ? 1 : i < 36 ? 2 : 4;
      samples.add(new Sample("i" + i, Subject.of("p" + i), Part.TRAIN, grade, new byte[0]));
    }
    ClassWeights byClass = ClassWeights.balancing(Census.of(samples).byGrade(), Objective.GRADES);
    assertThat(byClass.of(0)).containsExactly(0.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    assertThat(byClass.of(1)[0]).isEqualTo(1.25f);
    assertThat(byClass.of(4)[0]).isEqualTo(2.5f);
    ClassWeights byLabel = ClassWeights.balancing(Census.of(samples).byGrade(), Objective.BINARY);
    assertThat(byLabel.of(0)).containsExactly(20 / 28f).isEqualTo(byLabel.of(1));
    assertThat(byLabel.of(4)).containsExactly(20 / 12f).isEqualTo(byLabel.of(3));
    ClassWeights byQuestion =
        ClassWeights.balancing(Census.of(samples).byGrade(), Objective.ORDINAL);
    assertThat(byQuestion.of(0)).containsExactly(1, 20 / 28f, 20 / 36f, 20 / 36f);
    assertThat(byQuestion.of(2)).containsExactly(1, 20 / 12f, 20 / 36f, 20 / 36f);
    assertThat(byQuestion.of(4)).containsExactly(1, 20 / 12f, 20 / 4f, 20 / 4f);
  }

  private static double nudged(Loss loss, Batchlet some, int i, int k, int side) {
    double before = some.logits[i][k];
    some.logits[i][k] = before + side * NUDGE;
    double value = PlainLoss.of(loss, some.logits, some.targets, some.weights);
    some.logits[i][k] = before;
    return value;
  }

  private static Judged engine(Loss loss, Batchlet some) {
    try (NDManager scope = Torch.scope()) {
      float[][] logits = new float[N][];
      float[][] weights = new float[N][];
      for (int i = 0; i < N; i++) {
        logits[i] = new float[some.logits[i].length];
        weights[i] = some.weights[i];
        for (int k = 0; k < logits[i].length; k++) {
          logits[i][k] = (float) some.logits[i][k];
        }
      }
      return Torch.withGradients(
          () -> {
            NDArray leaf = scope.create(logits);
            leaf.setRequiresGradient(true);
            NDArray value = loss.of(leaf, scope.create(some.targets), scope.create(weights));
            JniUtils.backward(
                (PtNDArray) value, (PtNDArray) scope.ones(value.getShape()), false, false);
            return new Judged(value.getFloat(), leaf.getGradient().toFloatArray());
          });
    }
  }

  private record Judged(double value, float[] gradient) {}

  private record Batchlet(double[][] logits, float[][] targets, float[][] weights) {

    static Batchlet random(Objective objective, double reach) {
      SplittableRandom random = new SplittableRandom(5);
      double[][] logits = new double[N][objective.outputs()];
      float[][] targets = new float[N][];
      float[][] weights = new float[N][objective.outputs()];
      for (int i = 0; i < N; i++) {
        for (int k = 0; k < objective.outputs(); k++) {
          logits[i][k] = (float) (reach * (2 * random.nextDouble() - 1));
          weights[i][k] = 0.5f + (float) random.nextDouble();
        }
        targets[i] = objective.target(i % 5);
      }
      return new Batchlet(logits, targets, weights);
    }
  }
}
