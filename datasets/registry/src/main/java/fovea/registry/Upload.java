package fovea.registry;

import fovea.contract.capture.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One upload as the registry knows it.
 *
 * @param mediaType as the uploader declared it
 * @param bytes as the uploader declared it
 * @param status {@code requested}, {@code uploaded}, {@code accepted}, {@code quarantined}, {@code
 *     duplicate} or {@code expanded}
 * @param duplicateOf the first upload of the same content, for duplicates
 */
public record Upload(
    UUID id,
    ObjectKey key,
    String mediaType,
    long bytes,
    String status,
    @Nullable String reasonCode,
    @Nullable String reason,
    @Nullable UUID duplicateOf) {

  static final String COLUMNS =
      "id, object_key, media_type, bytes, status, reason_code, reason, duplicate_of";

  /** Whether the content has not arrived yet. */
  public boolean awaited() {
    return status.equals("requested");
  }

  static Upload of(ResultSet row) throws SQLException {
    return new Upload(
        row.getObject("id", UUID.class),
        new ObjectKey(row.getString("object_key")),
        row.getString("media_type"),
        row.getLong("bytes"),
        row.getString("status"),
        row.getString("reason_code"),
        row.getString("reason"),
        row.getObject("duplicate_of", UUID.class));
  }
}
