package fovea.api.identity;

import fovea.api.http.Body;
import fovea.api.http.Refusal;
import fovea.registry.Account;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Passwords;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;

/** Password in, token out. */
public final class SignInRoutes {
  private final ApiRegistry registry;
  private final Tokens tokens;

  public SignInRoutes(ApiRegistry registry, Tokens tokens) {
    this.registry = registry;
    this.tokens = tokens;
  }

  public void signIn(Context context) {
    Body body = Body.of(context, "email", "password");
    String password = body.text("password", 1_000);
    Optional<Account> account = registry.account(body.text("email", 255));
    if (!Passwords.matches(password, account.map(Account::passwordHash))) {
      throw Refusal.badCredentials();
    }
    Actor actor = account.orElseThrow(Refusal::badCredentials).actor();
    registry.inOrganization(
        actor,
        stores -> {
          stores.audit().record("sign_in", "users", actor.user());
          return actor;
        });
    Tokens.Issued issued = tokens.issue(actor, Instant.now());
    context.json(new SignedIn(issued.token(), issued.expires(), actor.role().word()));
  }

  private record SignedIn(String token, Instant expiresAt, String role) {}
}
