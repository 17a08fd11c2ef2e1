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
 * @param sha256 as the uploader declared it, lower-case hexadecimal
 * @param multipart the store's name of an upload in parts
 * @param askedAgain whether its URL was asked for before
 * @param status {@code requested}, {@code uploaded}, {@code accepted}, {@code quarantined}, {@code
 *     duplicate}, {@code expanded} or {@code abandoned}
 * @param duplicateOf the first upload of the same content, for duplicates
 */
public record Upload(
    UUID id,
    ObjectKey key,
    String mediaType,
    long bytes,
    @Nullable String sha256,
    @Nullable String multipart,
    boolean askedAgain,
    String status,
    @Nullable String reasonCode,
    @Nullable String reason,
    @Nullable UUID duplicateOf) {

  static final String COLUMNS =
      "id, object_key, media_type, bytes, declared_sha256, multipart_id,"
          + " asked_at > created_at AS asked_again, status, reason_code, reason, duplicate_of";

  /** Whether the content has not arrived yet. */
  public boolean awaited() {
    return status.equals("requested");
  }

  /** Whether the content has arrived, whatever became of it. */
  public boolean hasArrived() {
    return !awaited() && !status.equals("abandoned");
  }

  static Upload of(ResultSet row) throws SQLException {
    return new Upload(
        row.getObject("id", UUID.class),
        new ObjectKey(row.getString("object_key")),
        row.getString("media_type"),
        row.getLong("bytes"),
        row.getString("declared_sha256"),
        row.getString("multipart_id"),
        row.getBoolean("asked_again"),
        row.getString("status"),
        row.getString("reason_code"),
        row.getString("reason"),
        row.getObject("duplicate_of", UUID.class));
  }
}
