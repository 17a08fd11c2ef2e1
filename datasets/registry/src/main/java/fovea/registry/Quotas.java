package fovea.registry;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** How much an organisation keeps, and may keep. */
public final class Quotas {
  private final Handle handle;

  Quotas(Handle handle) {
    this.handle = handle;
  }

  /** What the actor's organisation keeps. */
  public Usage usage() {
    return handle
        .createQuery(
            """
            SELECT u.bytes, u.images, u.sessions, q.most_bytes, q.most_images, q.most_sessions
            FROM organization_usage u LEFT JOIN organization_quotas q USING (organization_id)
            """)
        .map(
            (row, context) ->
                new Usage(
                    row.getLong("bytes"),
                    row.getLong("images"),
                    row.getLong("sessions"),
                    row.getObject("most_bytes", Long.class),
                    row.getObject("most_images", Long.class),
                    row.getObject("most_sessions", Long.class)))
        .one();
  }

  /**
   * Grants room.
   *
   * @param owner the login that owns the tables
   * @param organization its name
   * @param quota null: as much as it likes
   * @return whether there is such an organisation
   */
  public static boolean grant(RegistrySettings owner, String organization, Quota quota) {
    return Jdbi.create(owner.url(), owner.user(), owner.password())
        .withHandle(
            handle ->
                handle
                        .createUpdate(
                            """
                            INSERT INTO organization_quotas
                            SELECT id, :bytes, :images, :sessions
                            FROM organizations WHERE name = :organization
                            ON CONFLICT (organization_id) DO UPDATE
                            SET most_bytes = excluded.most_bytes,
                              most_images = excluded.most_images,
                              most_sessions = excluded.most_sessions
                            """)
                        .bind("bytes", quota.bytes())
                        .bind("images", quota.images())
                        .bind("sessions", quota.sessions())
                        .bind("organization", organization)
                        .execute()
                    == 1);
  }

  /** The most of each; null: no limit. */
  public record Quota(@Nullable Long bytes, @Nullable Long images, @Nullable Long sessions) {}

  /** What is kept, with the most of each where there is a limit. */
  public record Usage(
      long bytes,
      long images,
      long sessions,
      @Nullable Long mostBytes,
      @Nullable Long mostImages,
      @Nullable Long mostSessions) {}
}
