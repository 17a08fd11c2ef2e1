package fovea.api.identity;

import fovea.api.http.ClientAddress;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Refusal;
import fovea.api.http.Requests;
import fovea.registry.Account;
import fovea.registry.ApiRegistry;
import fovea.registry.Credentials;
import fovea.registry.Credentials.Refreshed;
import fovea.registry.Credentials.Standing;
import fovea.registry.Passwords;
import fovea.registry.SignIns;
import fovea.registry.SignIns.End;
import fovea.registry.SignIns.Proof;
import fovea.registry.Stores;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Password in, tokens out; which sign-ins there are, and their end. */
public final class SignInRoutes {
  static final Field<String> CODE = Fields.text("code", 100);
  private static final Field<String> EMAIL = Fields.text("email", 255);
  private static final Field<String> PASSWORD = Fields.text("password", 1_000);
  private static final Field<Optional<String>> OPTIONAL_CODE =
      CODE.meaning("Of the second factor, or a recovery code").optional();
  private static final Field<Optional<String>> ORGANIZATION =
      Fields.text("organization", 255).meaning("Its name, where several know the email").optional();
  private static final Field<String> REFRESH_TOKEN = Fields.text("refreshToken", 200);
  private static final Field<String> NEW_PASSWORD = UserRoutes.newPassword("newPassword");

  public static final Operation SIGN_IN =
      Operation.of("Sign in: password in, tokens out")
          .takes(EMAIL, PASSWORD, OPTIONAL_CODE, ORGANIZATION)
          .answers(200, SignedIn.class);
  public static final Operation REFRESH =
      Operation.of("Go on with a sign-in; each refresh token works once")
          .takes(REFRESH_TOKEN)
          .answers(200, SignedIn.class);
  public static final Operation SIGN_OUT = Operation.of("Sign out").answersNothing();
  public static final Operation LIST =
      Operation.of("List one's own sign-ins").answers(200, SignInList.class);
  public static final Operation END =
      Operation.of("End one of one's own sign-ins").answersNothing();
  public static final Operation CHANGE_PASSWORD =
      Operation.of("Change one's own password; other sign-ins end")
          .takes(PASSWORD, NEW_PASSWORD)
          .answersNothing();

  private final ApiRegistry registry;
  private final Credentials credentials;
  private final Tokens tokens;
  private final IdentitySettings settings;
  private final Tries tries;

  public SignInRoutes(
      ApiRegistry registry, Tokens tokens, IdentitySettings settings, ClientAddress address) {
    this.registry = registry;
    this.credentials = registry.credentials();
    this.tokens = tokens;
    this.settings = settings;
    this.tries = new Tries(credentials, settings.attempts(), address);
  }

  public void signIn(Context context) {
    Given body = SIGN_IN.body(context);
    String email = body.value(EMAIL);
    String password = body.value(PASSWORD);
    String code = body.value(OPTIONAL_CODE).orElse(null);
    String organization = body.value(ORGANIZATION).orElse(null);
    tries.count(context, email);
    Optional<Account> found = credentials.account(email, organization);
    if (!Passwords.matches(password, found.map(Account::passwordHash))) {
      throw Refusal.badCredentials();
    }
    Account account = found.orElseThrow(Refusal::badCredentials);
    Begun begun =
        registry.inOrganization(
            account.actor(), stores -> begin(stores, account, code, context.userAgent()));
    tries.right(context, email);
    answer(context, begun.refreshed(), begun.confined());
  }

  private Begun begin(
      Stores stores, Account account, @Nullable String code, @Nullable String agent) {
    Proof proof = SecondFactorRoutes.shown(stores.secondFactors(), code);
    Refreshed begun = stores.signIns().begin(settings.signInLifetime(), proof, agent);
    Standing standing =
        new Standing(account.actor(), proof == Proof.SECOND_FACTOR, account.ofPlatform());
    return new Begun(begun, settings.secondFactor().misses(standing));
  }

  public void refresh(Context context) {
    String token = REFRESH.body(context).value(REFRESH_TOKEN);
    Refreshed refreshed = credentials.refresh(token).orElseThrow(Refusal::invalidToken);
    answer(context, refreshed, false);
  }

  private void answer(Context context, Refreshed refreshed, boolean confined) {
    Tokens.Issued issued = tokens.issue(refreshed.actor(), refreshed.signIn(), Instant.now());
    context.json(
        new SignedIn(
            issued.token(),
            issued.expires(),
            refreshed.token(),
            refreshed.ends(),
            refreshed.actor().role().word(),
            confined ? "second-factor" : null));
  }

  public void signOut(Context context) {
    end(context, Access.signIn(context), End.SIGNED_OUT);
  }

  public void end(Context context) {
    end(context, Requests.id(context, "id", "sign-in"), End.ENDED);
  }

  private void end(Context context, UUID id, End why) {
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          stores.signIns().end(id, why);
          return id;
        });
    context.status(204);
  }

  public void list(Context context) {
    context.json(
        new SignInList(
            registry.inOrganization(Access.actor(context), stores -> stores.signIns().own())));
  }

  public void changePassword(Context context) {
    Given body = CHANGE_PASSWORD.body(context);
    String password = body.value(PASSWORD);
    String hash = Passwords.hash(body.value(NEW_PASSWORD));
    String account = "user " + Access.actor(context).user();
    tries.count(context, account);
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          if (!Passwords.matches(password, stores.users().passwordHash())) {
            throw Refusal.badCredentials();
          }
          stores.users().changePassword(hash, Access.signIn(context));
          return hash;
        });
    tries.right(context, account);
    context.status(204);
  }

  private record Begun(Refreshed refreshed, boolean confined) {}

  private record SignInList(List<SignIns.SignIn> signIns) {}

  /** What a sign-in gives; {@code required} is what must be added before anything else works. */
  private record SignedIn(
      String token,
      Instant expiresAt,
      String refreshToken,
      Instant signInEndsAt,
      String role,
      @Nullable String required) {}
}
