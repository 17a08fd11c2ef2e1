package fovea.registry;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who may sign in. */
final class Users {
  private Users() {}

  static Optional<Account> byEmail(Handle handle, String email) {
    return handle
        .createQuery(
            "SELECT id, organization_id, role, password_hash FROM users WHERE email = :email")
        .bind("email", email)
        .map(
            (row, context) ->
                new Account(
                    new Actor(
                        row.getObject("id", UUID.class),
                        row.getObject("organization_id", UUID.class),
                        Role.of(row.getString("role"))),
                    row.getString("password_hash")))
        .findOne();
  }
}
