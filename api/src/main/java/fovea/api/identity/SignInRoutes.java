package fovea.api.identity;

import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
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
  private static final Field<String> EMAIL = Fields.text("email", 255);
  private static final Field<String> PASSWORD = Fields.text("password", 1_000);

  public static final Operation SIGN_IN =
      Operation.of("Sign in: password in, token out")
          .takes(EMAIL, PASSWORD)
          .answers(200, SignedIn.class);

  private final ApiRegistry registry;
  private final Tokens tokens;

  public SignInRoutes(ApiRegistry registry, Tokens tokens) {
    this.registry = registry;
    this.tokens = tokens;
  }

  public void signIn(Context context) {
    Given body = SIGN_IN.body(context);
    String password = body.value(PASSWORD);
    Optional<Account> account = registry.account(body.value(EMAIL));
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
