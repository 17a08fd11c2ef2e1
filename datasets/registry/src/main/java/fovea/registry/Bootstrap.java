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
    Optional<Account> known = account(handle, organization, email);
    if (known.isEmpty()) {
      handle.execute(
          """
          INSERT INTO users (organization_id, email, name, role, password_hash, of_platform)
          VALUES (?, ?, 'Administrator', 'admin', ?, true)
          """,
          organization,
          email,
          Passwords.hash(password));
    } else {
      Optional<String> hash = known.map(Account::passwordHash);
      handle.execute(
          "UPDATE users SET of_platform = true, password_hash = ? WHERE id = ?",
          Passwords.matches(password, hash) ? hash.orElseThrow() : Passwords.hash(password),
          known.get().actor().user());
    }
    return account(handle, organization, email).orElseThrow().actor();
  }

  private static Optional<Account> account(Handle handle, UUID organization, String email) {
    return Users.byEmail(handle, email).stream()
        .filter(found -> found.actor().organization().equals(organization))
        .findFirst();
  }
}
