package fovea.registry;

import fovea.contract.capture.ObjectKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** 3D models of sessions. */
public final class Models {
  private final Handle handle;

  Models(Handle handle) {
    this.handle = handle;
  }

  /** A session's models, newest version first. */
  public List<Model> of(UUID session) {
    return handle
        .createQuery(
            """
            SELECT version, format, file_size, sha256, file_url, coalesce(metadata, '{}') AS metrics,
              created_at
            FROM models WHERE session_id = :session ORDER BY version DESC, format
            """)
        .bind("session", session)
        .map(
            (row, context) ->
                new Model(
                    row.getInt("version"),
                    row.getString("format"),
                    row.getLong("file_size"),
                    row.getString("sha256"),
                    new ObjectKey(row.getString("file_url")),
                    row.getString("metrics"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /**
   * One model file.
   *
   * @param metricsJson a JSON object
   */
  public record Model(
      int version,
      String format,
      long bytes,
      String sha256,
      ObjectKey key,
      String metricsJson,
      Instant createdAt) {}
}
