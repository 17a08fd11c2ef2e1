package fovea.registry;

import fovea.contract.model.ModelArtifact;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A model becomes visible and its session complete, both or neither. */
final class Publication {
  private Publication() {}

  static void publish(
      Handle handle, UUID session, ModelArtifact model, int version, String metricsJson) {
    if (complete(handle, session, model)) {
      insert(handle, session, model, version, metricsJson);
      JobAudit.record(handle, "complete_session", "sessions", session);
    } else if (!published(handle, session, model, version)) {
      throw new IllegalStateException(
          "session "
              + session
              + " is not in processing, so model "
              + version
              + " is not its model");
    }
  }

  private static boolean complete(Handle handle, UUID session, ModelArtifact model) {
    return handle
            .createUpdate(
                """
                UPDATE sessions SET status = 'completed', stage = NULL, percent = 100,
                  model_url = :key, model_format = :format, completed_at = now(), updated_at = now()
                WHERE id = :session AND status = 'processing'
                """)
            .bind("session", session)
            .bind("key", model.key().path())
            .bind("format", model.format().word())
            .execute()
        == 1;
  }

  private static void insert(
      Handle handle, UUID session, ModelArtifact model, int version, String metricsJson) {
    handle
        .createUpdate(
            """
            INSERT INTO models (organization_id, session_id, file_url, file_size, sha256, format,
              version, metadata)
            SELECT organization_id, id, :key, :bytes, :sha256, :format, :version,
              CAST(:metrics AS jsonb)
            FROM sessions WHERE id = :session
            """)
        .bind("session", session)
        .bind("key", model.key().path())
        .bind("bytes", model.bytes())
        .bind("sha256", model.sha256())
        .bind("format", model.format().word())
        .bind("version", version)
        .bind("metrics", metricsJson)
        .execute();
  }

  // The same call again, after an answer that was lost on its way.
  private static boolean published(Handle handle, UUID session, ModelArtifact model, int version) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM models WHERE session_id = :session AND version = :version
              AND format = :format AND sha256 = :sha256)
            """)
        .bind("session", session)
        .bind("version", version)
        .bind("format", model.format().word())
        .bind("sha256", model.sha256())
        .mapTo(Boolean.class)
        .one();
  }
}
