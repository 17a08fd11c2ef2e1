package fovea.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A photograph or a file of poses as whoever uploaded it should see it: where it stands and what is
 * to be done.
 *
 * @param kind {@code photo} or {@code poses}
 * @param bytes as declared
 * @param status as of {@link Upload}
 * @param reasonCode why it was not accepted
 * @param grade what the session gate says of a photograph: {@code good}, {@code usable}, {@code
 *     reject}
 */
public record SessionFile(
    UUID id,
    String kind,
    String name,
    String mediaType,
    long bytes,
    String status,
    @Nullable String reasonCode,
    @Nullable String reason,
    @Nullable UUID duplicateOf,
    @Nullable String grade,
    @Nullable String advice) {

  static SessionFile of(ResultSet row) throws SQLException {
    return new SessionFile(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("name"),
        row.getString("media_type"),
        row.getLong("bytes"),
        row.getString("status"),
        row.getString("reason_code"),
        row.getString("reason"),
        row.getObject("duplicate_of", UUID.class),
        row.getString("grade"),
        row.getString("advice"));
  }
}
