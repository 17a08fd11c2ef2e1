package fovea.registry;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The actor's organisation; no other is to be seen. */
public final class Organizations {
  private final Handle handle;

  Organizations(Handle handle) {
    this.handle = handle;
  }

  /** The one the actor belongs to. */
  public Organization own() {
    return handle
        .createQuery("SELECT id, name, created_at FROM organizations")
        .map(
            (row, context) ->
                new Organization(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getTimestamp("created_at").toInstant()))
        .one();
  }

  /** An organisation. */
  public record Organization(UUID id, String name, Instant createdAt) {}
}
