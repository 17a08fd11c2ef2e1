package fovea.registry;

import fovea.contract.capture.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** 3D models of sessions. */
public final class Models {
  private static final String SELECT =
      """
      SELECT version, format, file_size, sha256, file_url, coalesce(metadata, '{}') AS metrics,
        created_at
      FROM models WHERE session_id = :session
      """;

  private final Handle handle;

  Models(Handle handle) {
    this.handle = handle;
  }

  /** A session's models, newest version first. */
  public List<Model> of(UUID session) {
    return handle
        .createQuery(SELECT + " ORDER BY version DESC, format")
        .bind("session", session)
        .map((row, context) -> model(row))
        .list();
  }

  /** One file of one version. */
  public Optional<Model> find(UUID session, int version, String format) {
    return handle
        .createQuery(SELECT + " AND version = :version AND format = :format")
        .bind("session", session)
        .bind("version", version)
        .bind("format", format)
        .map((row, context) -> model(row))
        .findOne();
  }

  private static Model model(ResultSet row) throws SQLException {
    return new Model(
        row.getInt("version"),
        row.getString("format"),
        row.getLong("file_size"),
        row.getString("sha256"),
        new ObjectKey(row.getString("file_url")),
        row.getString("metrics"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
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
