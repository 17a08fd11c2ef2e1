package fovea.registry;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Trained networks; they belong to no organisation. */
public final class TrainingRuns {
  private final Handle handle;

  TrainingRuns(Handle handle) {
    this.handle = handle;
  }

  /** The newest runs first. */
  public List<TrainingRun> newest(int most) {
    return handle
        .createQuery(
            """
            SELECT id, architecture, metrics, created_at FROM model_training_logs
            ORDER BY created_at DESC, id LIMIT :most
            """)
        .bind("most", most)
        .map(
            (row, context) ->
                new TrainingRun(
                    row.getObject("id", UUID.class),
                    row.getString("architecture"),
                    row.getString("metrics"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /**
   * One training run.
   *
   * @param metricsJson a JSON object of held-out metrics
   */
  public record TrainingRun(UUID run, String architecture, String metricsJson, Instant createdAt) {}
}
