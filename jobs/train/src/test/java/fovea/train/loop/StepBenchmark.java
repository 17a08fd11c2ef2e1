package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.management.OperatingSystemMXBean;
import fovea.train.data.Objective;
import fovea.train.network.Network;
import fovea.train.network.Networks;
import fovea.train.network.Torch;
import java.lang.management.ManagementFactory;
import java.util.Random;

/**
 * Whole steps of training (forward, loss, backward, AdamW) on one thread, in images a second of the
 * processor: {@code StepBenchmark resnet18 128 32 30} for edge, batch and seconds. Its peer with
 * the same arguments is {@code src/test/python/step_benchmark.py}; run both on one machine.
 */
public final class StepBenchmark {
  private static final int WARM_UP = 3;

  private StepBenchmark() {}

  /** Prints one line. */
  public static void main(String[] arguments) {
    int edge = Integer.parseInt(arguments[1]);
    int batch = Integer.parseInt(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    float[] planes = noise(batch, edge);
    Torch.forPrediction(1);
    try (Network network = Network.untrained(Networks.byName(arguments[0]), edge, 1, 1)) {
      AdamW optimiser = new AdamW(network, new OptimiserSettings(1e-4, 0, 0.01, 0, 0));
      for (int i = 0; i < WARM_UP; i++) {
        step(network, optimiser, planes, edge);
      }
      double begun = processor();
      int steps = 0;
      double loss = 0;
      while (processor() - begun < seconds) {
        loss = step(network, optimiser, planes, edge);
        steps++;
      }
      System.out.printf(
          "%s edge %d batch %d: %.2f images per CPU second (%d steps, loss %.4f)%n",
          arguments[0], edge, batch, steps * batch / (processor() - begun), steps, loss);
    }
  }

  private static double step(Network network, AdamW optimiser, float[] planes, int edge) {
    int batch = planes.length / (3 * edge * edge);
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray pictures = scope.create(planes, new Shape(batch, 3, edge, edge));
      float[] halves = new float[batch];
      for (int i = 0; i < batch; i++) {
        halves[i] = i % 2;
      }
      NDArray labels = scope.create(halves, new Shape(batch, 1));
      NDArray even = scope.ones(new Shape(batch, 1));
      Loss loss = new Loss(Objective.BINARY, 0, 0);
      NDArray value =
          Torch.withGradients(
              () -> {
                NDArray mean = loss.of(network.learn(pictures), labels, even);
                NDArray one = scope.ones(mean.getShape());
                JniUtils.backward((PtNDArray) mean, (PtNDArray) one, false, false);
                return mean;
              });
      optimiser.step(1e-4);
      return value.getFloat();
    }
  }

  private static float[] noise(int batch, int edge) {
    Random random = new Random(1);
    float[] planes = new float[batch * 3 * edge * edge];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = random.nextFloat() - 0.5f;
    }
    return planes;
  }

  // Of the whole process: the compilers and collectors of the JVM count too.
  private static double processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
