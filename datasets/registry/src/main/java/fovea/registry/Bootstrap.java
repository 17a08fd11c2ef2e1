package fovea.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The first organisation and its administrator, made by the owner of the tables. */
public final class Bootstrap {
  private Bootstrap() {}

  /**
   * Makes sure that the organisation exists and that its administrator can sign in with this
   * password.
   *
   * @return the administrator
   */
  public static Actor run(
      RegistrySettings owner, String organization, String email, String password) {
    Jdbi jdbi = Jdbi.create(owner.url(), owner.user(), owner.password());
    return jdbi.inTransaction(
        handle -> {
          // Two processes that start at once wait for each other here.
          handle.execute("SELECT pg_advisory_xact_lock(hashtext('fovea bootstrap'))");
          UUID id = organization(handle, organization);
          return administrator(handle, id, email.toLowerCase(Locale.ROOT), password);
        });
  }

  private static UUID organization(Handle handle, String name) {
    handle.execute("INSERT INTO organizations (name) VALUES (?) ON CONFLICT DO NOTHING", name);
    return handle
        .select("SELECT id FROM organizations WHERE name = ?", name)
        .mapTo(UUID.class)
        .one();
  }

  private static Actor administrator(
      Handle handle, UUID organization, String email, String password) {
    Optional<Account> known = Users.byEmail(handle, email);
    if (known.isEmpty()) {
      handle.execute(
          """
          INSERT INTO users (organization_id, email, name, role, password_hash)
          VALUES (?, ?, 'Administrator', 'admin', ?)
          """,
          organization,
          email,
          Passwords.hash(password));
    } else if (!Passwords.matches(password, known.map(Account::passwordHash))) {
      handle.execute(
          "UPDATE users SET password_hash = ? WHERE email = ?", Passwords.hash(password), email);
    }
    return Users.byEmail(handle, email).orElseThrow().actor();
  }
}
