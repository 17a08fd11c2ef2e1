package fovea.pipeline;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Kills (-9), once, the executor that has just been given a task, after some tasks have ended: it
 * dies midway, with work in its hands. Spark makes the listener from its name ({@code
 * spark.extraListeners}).
 */
public final class KillAnExecutor extends SparkListener {
  private static final int TASKS_BEFORE = 3;
  private static final Set<Integer> STAGES = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger ENDED = new AtomicInteger();
  private static final AtomicBoolean KILLED = new AtomicBoolean();
  private static volatile String where = "";
  private static volatile Optional<LocalCluster> armed = Optional.empty();

  static void arm(LocalCluster cluster) {
    arm(cluster, "");
  }

  /**
   * Counts and kills in certain stages only.
   *
   * @param site part of the stages' names, which say where in the code they come from
   */
  static void arm(LocalCluster cluster, String site) {
    STAGES.clear();
    where = site;
    ENDED.set(0);
    KILLED.set(false);
    armed = Optional.of(cluster);
  }

  static boolean killed() {
    return KILLED.get();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    if (submitted.stageInfo().name().contains(where)) {
      STAGES.add(submitted.stageInfo().stageId());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (STAGES.contains(end.stageId())) {
      ENDED.incrementAndGet();
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    if (STAGES.contains(start.stageId()) && ENDED.get() >= TASKS_BEFORE) {
      armed
          .flatMap(cluster -> holderOf(cluster, start.taskInfo().executorId()))
          .filter(executor -> KILLED.compareAndSet(false, true))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static Optional<ProcessHandle> holderOf(LocalCluster cluster, String executor) {
    return cluster.executors().stream()
        .filter(p -> p.info().commandLine().orElse("").contains("--executor-id " + executor + " "))
        .findFirst();
  }
}
