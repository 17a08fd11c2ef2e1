package fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.function.ForeachFunction;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class SparkProgressIT {
  @Test
  void rows_of_running_and_finished_tasks_are_counted_once() throws Exception {
    List<Long> seen = new CopyOnWriteArrayList<>();
    SparkSession spark = SparkSessions.local();
    try (SparkProgress rows =
        SparkProgress.of(spark, (stage, done, total) -> seen.add(done), "work", 40)) {
      spark.range(0, 40, 1, 4).foreach(slow(rows.done()));
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.stop();
    }
    assertThat(seen).first().isEqualTo(0L);
    assertThat(seen).last().isEqualTo(40L);
    assertThat(seen).isSorted();
    assertThat(seen).as("heartbeats of running tasks").anyMatch(done -> done % 10 != 0);
  }

  private static ForeachFunction<Long> slow(LongAccumulator done) {
    return row -> {
      Thread.sleep(400);
      done.add(1);
    };
  }
}
