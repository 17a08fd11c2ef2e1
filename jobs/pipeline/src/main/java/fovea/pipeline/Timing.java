package fovea.pipeline;

import fovea.runtime.JobReport;
import java.util.Map;
import java.util.concurrent.Callable;

/** Work that is no job but has its place in the table of stages. */
final class Timing {
  private static final double NANOS = 1e9;

  private Timing() {}

  static JobReport of(String stage, Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return new JobReport(stage, 0, 0, Map.of(), (System.nanoTime() - start) / NANOS, Map.of());
  }
}
