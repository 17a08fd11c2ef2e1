package fovea.registry;

import fovea.contract.model.ModelArtifact;
import fovea.registry.SessionLeases.Lease;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A model becomes visible and its session complete, both or neither. */
final class Publication {
  private Publication() {}

  static void publish(Handle handle, Lease lease, List<ModelArtifact> files, String metricsJson) {
    if (complete(handle, lease, files.get(0))) {
      files.forEach(file -> insert(handle, lease, file, metricsJson));
      JobAudit.record(handle, "complete_session", "sessions", lease.session());
    } else if (!files.stream().allMatch(file -> published(handle, lease, file))) {
      throw new IllegalStateException(
          "session "
              + lease.session()
              + " is not in processing under this lease, so model "
              + lease.version()
              + " is not its model");
    }
  }

  private static boolean complete(Handle handle, Lease lease, ModelArtifact model) {
    return handle
            .createUpdate(
                """
                UPDATE sessions SET status = 'completed', stage = NULL, percent = 100,
                  model_url = :key, model_format = :format, lease_holder = NULL, lease_until = NULL,
                  completed_at = now(), updated_at = now()
                WHERE id = :session AND status = 'processing' AND lease_holder = :holder
                """)
            .bind("session", lease.session())
            .bind("holder", lease.holder())
            .bind("key", model.key().path())
            .bind("format", model.format().word())
            .execute()
        == 1;
  }

  private static void insert(Handle handle, Lease lease, ModelArtifact model, String metricsJson) {
    handle
        .createUpdate(
            """
            INSERT INTO models (organization_id, session_id, file_url, file_size, sha256, format,
              version, metadata)
            SELECT organization_id, id, :key, :bytes, :sha256, :format, :version,
              CAST(:metrics AS jsonb)
            FROM sessions WHERE id = :session
            """)
        .bind("session", lease.session())
        .bind("key", model.key().path())
        .bind("bytes", model.bytes())
        .bind("sha256", model.sha256())
        .bind("format", model.format().word())
        .bind("version", lease.version())
        .bind("metrics", metricsJson)
        .execute();
  }

  // The same call again, after an answer that was lost on its way.
  private static boolean published(Handle handle, Lease lease, ModelArtifact model) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM models WHERE session_id = :session AND version = :version
              AND format = :format AND sha256 = :sha256)
            """)
        .bind("session", lease.session())
        .bind("version", lease.version())
        .bind("format", model.format().word())
        .bind("sha256", model.sha256())
        .mapTo(Boolean.class)
        .one();
  }
}
