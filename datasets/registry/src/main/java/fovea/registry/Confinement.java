package fovea.registry;

import fovea.contract.errors.CallerMistake;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Whether row-level security holds for the API's login, and for every role it could change to. */
final class Confinement {
  private Confinement() {}

  /**
   * @throws CallerMistake where the login would see more than one organisation, or is not the API's
   */
  static void require(Handle handle, String login) {
    escape(handle)
        .ifPresent(
            why -> {
              throw unsafe(
                  login
                      + " is, or may become, "
                      + why
                      + ": row-level security would not keep organisations apart");
            });
    if (!isMember(handle)) {
      throw unsafe(login + " is no member of " + Logins.API);
    }
  }

  private static Optional<String> escape(Handle handle) {
    return handle
        .createQuery(
            """
            WITH may AS (SELECT * FROM pg_roles WHERE pg_has_role(current_user, oid, 'member'))
            SELECT 'a superuser' FROM may WHERE rolsuper
            UNION ALL SELECT 'a role with BYPASSRLS' FROM may WHERE rolbypassrls
            UNION ALL SELECT 'the owner of ' || relname FROM may JOIN pg_class ON relowner = may.oid
              WHERE relrowsecurity AND relkind IN ('r', 'p')
            UNION ALL SELECT 'a member of ' || rolname FROM may WHERE rolname = :jobs
            LIMIT 1
            """)
        .bind("jobs", Logins.JOBS)
        .mapTo(String.class)
        .findOne();
  }

  private static boolean isMember(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :group
              AND pg_has_role(current_user, oid, 'member'))
            """)
        .bind("group", Logins.API)
        .mapTo(Boolean.class)
        .one();
  }

  private static CallerMistake unsafe(String what) {
    return new CallerMistake(
        "unsafe-login",
        what,
        "Give the API a login that is a member of " + Logins.API + " and nothing more");
  }
}
