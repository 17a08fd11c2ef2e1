package fovea.registry;

import fovea.contract.model.GateCheck;
import fovea.contract.model.GateCheck.Bound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Gates of trained networks and their checks. */
final class ModelGates {
  private ModelGates() {}

  static ModelGate insert(
      Handle handle,
      UUID run,
      String sha256,
      Optional<UUID> audit,
      List<GateCheck> checks,
      String by) {
    long number =
        handle
            .createQuery(
                """
                INSERT INTO model_gates (training_run, passed, artifact_sha256, audit, made_by)
                VALUES (:run, :passed, :sha256, CAST(:audit AS uuid), :by) RETURNING id
                """)
            .bind("run", run)
            .bind("passed", !checks.isEmpty() && checks.stream().allMatch(GateCheck::passed))
            .bind("sha256", sha256)
            .bind("audit", audit.orElse(null))
            .bind("by", by)
            .mapTo(Long.class)
            .one();
    insert(handle, number, checks);
    return newest(handle, run).orElseThrow();
  }

  private static void insert(Handle handle, long gate, List<GateCheck> checks) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO model_gate_checks
              (gate_id, place, name, value, bound, bound_at, passed, reason)
            VALUES (:gate, :place, :name, :value, :bound, :limit, :passed, :reason)
            """);
    for (int i = 0; i < checks.size(); i++) {
      GateCheck check = checks.get(i);
      batch
          .bind("gate", gate)
          .bind("place", i)
          .bind("name", check.name())
          .bind("value", check.value())
          .bind("bound", check.bound().words())
          .bind("limit", check.limit())
          .bind("passed", check.passed())
          .bind("reason", check.reason())
          .add();
    }
    batch.execute();
  }

  static Optional<ModelGate> newest(Handle handle, UUID run) {
    return handle
        .createQuery(
            """
            SELECT id, passed, artifact_sha256, audit, made_by, made_at FROM model_gates
            WHERE training_run = :run ORDER BY id DESC LIMIT 1
            """)
        .bind("run", run)
        .map(
            (row, context) ->
                new ModelGate(
                    row.getLong("id"),
                    row.getBoolean("passed"),
                    row.getString("artifact_sha256"),
                    Optional.ofNullable(row.getObject("audit", UUID.class)),
                    row.getString("made_by"),
                    row.getObject("made_at", OffsetDateTime.class).toInstant(),
                    checks(handle, row.getLong("id"))))
        .findOne();
  }

  private static List<GateCheck> checks(Handle handle, long gate) {
    return handle
        .createQuery(
            """
            SELECT name, value, bound, bound_at, passed, reason FROM model_gate_checks
            WHERE gate_id = :gate ORDER BY place
            """)
        .bind("gate", gate)
        .map((row, context) -> check(row))
        .list();
  }

  private static GateCheck check(ResultSet row) throws SQLException {
    return new GateCheck(
        row.getString("name"),
        row.getObject("value", Double.class),
        Bound.of(row.getString("bound")),
        row.getDouble("bound_at"),
        row.getBoolean("passed"),
        row.getString("reason"));
  }
}
