package fovea.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A photo session.
 *
 * @param sessionId what the uploader calls it
 * @param percent of the reconstruction, 0 to 100
 * @param modelKey object key of the newest model
 * @param photos how many photographs it has
 */
public record Session(
    UUID id,
    String sessionId,
    String status,
    @Nullable String stage,
    int percent,
    @Nullable String failureReason,
    @Nullable String modelKey,
    @Nullable String modelFormat,
    Instant createdAt,
    @Nullable Instant completedAt,
    int photos) {

  static final String SELECT =
      """
      SELECT s.id, s.session_id, s.status, s.stage, s.percent, s.failure_reason, s.model_url,
        s.model_format, s.created_at, s.completed_at,
        (SELECT count(*) FROM session_files f WHERE f.session_id = s.id AND f.kind = 'photo'
          AND f.status <> 'abandoned') AS photos
      FROM sessions s
      """;

  static Session of(ResultSet row) throws SQLException {
    OffsetDateTime completed = row.getObject("completed_at", OffsetDateTime.class);
    return new Session(
        row.getObject("id", UUID.class),
        row.getString("session_id"),
        row.getString("status"),
        row.getString("stage"),
        row.getInt("percent"),
        row.getString("failure_reason"),
        row.getString("model_url"),
        row.getString("model_format"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        completed == null ? null : completed.toInstant(),
        row.getInt("photos"));
  }
}
