package fovea.train.loop;

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
  private static final double RATE = 1e-4;

  private StepBenchmark() {}

  /** Prints one line. */
  public static void main(String[] arguments) {
    int edge = Integer.parseInt(arguments[1]);
    int batch = Integer.parseInt(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    Batch noise = noise(batch, edge);
    Torch.forPrediction(1);
    try (Network network = Network.untrained(Networks.byName(arguments[0]), edge, 1, 1)) {
      AdamW optimiser = new AdamW(network, new OptimiserSettings(RATE, 0, 0.01, 0, 0));
      Loss loss = new Loss(Objective.BINARY, 0, 0);
      Step step = new Step(network, loss, optimiser, new Averaged(network, 0));
      for (int i = 0; i < WARM_UP; i++) {
        step.take(noise, RATE);
      }
      double begun = processor();
      int steps = 0;
      double value = 0;
      while (processor() - begun < seconds) {
        value = step.take(noise, RATE);
        steps++;
      }
      System.out.printf(
          "%s edge %d batch %d: %.2f images per CPU second (%d steps, loss %.4f)%n",
          arguments[0], edge, batch, steps * batch / (processor() - begun), steps, value);
    }
  }

  private static Batch noise(int size, int edge) {
    Batch noise = Batch.empty(size, edge, Objective.BINARY);
    Random random = new Random(1);
    for (int i = 0; i < noise.planes().length; i++) {
      noise.planes()[i] = random.nextFloat() - 0.5f;
    }
    for (int i = 0; i < size; i++) {
      noise.targets()[i] = i % 2;
      noise.weights()[i] = 1;
    }
    return noise;
  }

  // Of the whole process: the compilers and collectors of the JVM count too.
  private static double processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
