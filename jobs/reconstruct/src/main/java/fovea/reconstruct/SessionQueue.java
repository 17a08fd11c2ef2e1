package fovea.reconstruct;

import fovea.registry.JobRegistry.PendingSession;
import fovea.runtime.JobContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Hands the waiting sessions out, each as a Spark job of one task, as many at a time as can run;
 * each is recorded when it ends, because the lease of one that waits for its neighbours runs out.
 */
final class SessionQueue {
  private final JobContext context;
  private final SessionRecorder recorder;
  private final int tries;
  private final Set<UUID> seen = new HashSet<>();

  SessionQueue(JobContext context, SessionRecorder recorder, int tries) {
    this.context = context;
    this.recorder = recorder;
    this.tries = tries;
  }

  /** Until nobody waits; a session whose try broke is for the next run. */
  void run(SessionTask task) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    int most = Math.max(1, spark.defaultParallelism());
    ExecutorService pool = Executors.newFixedThreadPool(most);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        workers.add(pool.submit(() -> drain(spark, task)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a reconstruction could not be recorded", failed.getCause());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", ended);
    } finally {
      pool.shutdownNow();
    }
  }

  private void drain(JavaSparkContext spark, SessionTask task) {
    for (Optional<PendingSession> next = next(); next.isPresent(); next = next()) {
      UUID session = next.get().session();
      String organization = next.get().organization().toString();
      spark
          .parallelize(List.of(session.toString()), 1)
          .flatMap(id -> task.run(UUID.fromString(id), organization).stream().iterator())
          .collect() // one small row
          .forEach(recorder::record);
    }
  }

  private synchronized Optional<PendingSession> next() {
    context.progress().report("reconstructing sessions", seen.size(), 0);
    return context.registry().sessionLeases().waiting(seen.size() + 1, tries).stream()
        .filter(pending -> seen.add(pending.session()))
        .findFirst();
  }
}
