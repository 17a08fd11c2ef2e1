package fovea.registry;

import fovea.contract.model.ModelState;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Steps of trained networks, each with its audit row. */
final class ModelSteps {
  private ModelSteps() {}

  /** Notes that training left a candidate; nothing where it was noted before. */
  static void begin(Handle handle, UUID run) {
    handle
        .createUpdate(
            """
            INSERT INTO model_steps (training_run, to_state, made_by, reason)
            SELECT :run, 'candidate', 'train', 'trained'
            WHERE NOT EXISTS (SELECT FROM model_steps WHERE training_run = :run)
            """)
        .bind("run", run)
        .execute();
  }

  /** Where a network stands; it stands there until the transaction ends. */
  static ModelState lock(Handle handle, UUID run) {
    return handle
        .createQuery("SELECT state FROM model_training_logs WHERE id = :run FOR UPDATE")
        .bind("run", run)
        .mapTo(String.class)
        .findOne()
        .map(ModelState::of)
        .orElseThrow(() -> Mistakes.noSuchModel(run));
  }

  static void make(
      Handle handle, UUID run, ModelState from, ModelState to, String by, String reason) {
    if (!from.mayBecome(to)) {
      throw Mistakes.illegalStep(run, from, "become " + to.word());
    }
    handle
        .createUpdate("UPDATE model_training_logs SET state = :to WHERE id = :run")
        .bind("to", to.word())
        .bind("run", run)
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO model_steps (training_run, from_state, to_state, made_by, reason)
            VALUES (:run, :from, :to, :by, :reason)
            """)
        .bind("run", run)
        .bind("from", from.word())
        .bind("to", to.word())
        .bind("by", by)
        .bind("reason", reason)
        .execute();
    JobAudit.recordModel(handle, run, to, by);
  }

  static List<ModelStep> of(Handle handle, UUID run) {
    return handle
        .createQuery(
            """
            SELECT from_state, to_state, made_by, reason, made_at FROM model_steps
            WHERE training_run = :run ORDER BY id
            """)
        .bind("run", run)
        .map(
            (row, context) ->
                new ModelStep(
                    Optional.ofNullable(row.getString("from_state")).map(ModelState::of),
                    ModelState.of(row.getString("to_state")),
                    row.getString("made_by"),
                    row.getString("reason"),
                    row.getObject("made_at", OffsetDateTime.class).toInstant()))
        .list();
  }
}
