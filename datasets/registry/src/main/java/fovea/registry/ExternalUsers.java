package fovea.registry;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** People for whom an issuer vouches: known by issuer and subject, made when first seen. */
final class ExternalUsers {
  private ExternalUsers() {}

  /** The actor, in the role that the issuer says; empty where refused here, or no organisation. */
  static Optional<Actor> admit(Handle handle, External external) {
    ApiRegistry.enter(handle, external.organization());
    boolean known =
        handle.select("SELECT id FROM organizations").mapTo(UUID.class).findOne().isPresent();
    if (!known) {
      return Optional.empty();
    }
    insert(handle, external);
    return handle
        .createQuery(
            """
            SELECT id, organization_id, role FROM users WHERE issuer = :issuer
              AND subject = :subject AND disabled_at IS NULL AND deleted_at IS NULL
            """)
        .bind("issuer", external.issuer())
        .bind("subject", external.subject())
        .map((row, context) -> Users.actor(row))
        .findOne()
        .map(found -> inRole(handle, found, external.role()));
  }

  private static void insert(Handle handle, External external) {
    handle
        .createUpdate(
            """
            INSERT INTO users (organization_id, email, name, role, issuer, subject)
            SELECT :organization, gen_random_uuid() || '@issuer', left(:subject, 255), :role, :issuer,
              :subject
            WHERE NOT EXISTS (SELECT FROM users WHERE issuer = :issuer AND subject = :subject)
            ON CONFLICT (organization_id, issuer, subject) DO NOTHING
            """)
        .bind("organization", external.organization())
        .bind("role", external.role().word())
        .bind("issuer", external.issuer())
        .bind("subject", external.subject())
        .execute();
  }

  private static Actor inRole(Handle handle, Actor found, Role role) {
    if (found.role() == role) {
      return found;
    }
    handle.execute("UPDATE users SET role = ? WHERE id = ?", role.word(), found.user());
    Actor changed = new Actor(found.user(), found.organization(), role);
    new Audit(handle, changed).record("change_role", "users", found.user());
    return changed;
  }

  /** What an issuer says of someone. */
  record External(String issuer, String subject, UUID organization, Role role) {}
}
