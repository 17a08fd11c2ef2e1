package fovea.bias.inference;

import fovea.contract.statistics.Interval;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The true rejection rate of each {@link NullScenario}, with its 95% interval, by a simulation too
 * large for a test. Arguments: cohorts a scenario (10,000), scenarios (all). Prints what it has
 * after every tenth.
 */
final class NullMain {
  // The seeds of NullTest are not among them: what was tuned to pass there is judged by others.
  private static final long FIRST = 1_000_000;

  private NullMain() {}

  public static void main(String[] arguments) {
    int cohorts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    NullScenario[] scenarios = NullScenario.values();
    if (arguments.length > 1) {
      scenarios =
          java.util.stream.Stream.of(arguments[1].split(","))
              .map(NullScenario::valueOf)
              .toArray(NullScenario[]::new);
    }
    int[][] rejected = new int[scenarios.length][];
    int part = Math.max(1, cohorts / 10);
    for (int done = 0; done < cohorts; done += part) {
      for (int s = 0; s < scenarios.length; s++) {
        int[] more = scenarios[s].rejected(FIRST + done, FIRST + Math.min(cohorts, done + part));
        rejected[s] = rejected[s] == null ? more : sum(rejected[s], more);
        print(scenarios[s], rejected[s], Math.min(cohorts, done + part));
      }
    }
  }

  private static int[] sum(int[] a, int[] b) {
    int[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  private static void print(NullScenario scenario, int[] rejected, int cohorts) {
    for (int m = 0; m < rejected.length; m++) {
      double rate = (double) rejected[m] / cohorts;
      Interval interval = Interval.wilson(rate, cohorts, Interval.Z95);
      System.out.printf(
          Locale.ROOT,
          "%s %s: %.2f%% of %d cohorts (95%% interval %.2f to %.2f%%); CPU so far %.0f s%n",
          scenario,
          scenario.metrics().get(m),
          100 * rate,
          cohorts,
          100 * interval.lower(),
          100 * interval.upper(),
          cpu());
    }
  }

  private static double cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
