package fovea.api.identity;

import fovea.api.http.ClientAddress;
import fovea.api.http.Operation;
import fovea.api.http.Refusal;
import fovea.api.http.Requests;
import fovea.registry.ApiRegistry;
import fovea.registry.SecondFactors;
import fovea.registry.SecondFactors.SecondFactor;
import fovea.registry.SignIns.Proof;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The second factor: begun, confirmed by a first code, shown at sign-in, taken away. */
public final class SecondFactorRoutes {
  public static final Operation BEGIN =
      Operation.of("Begin a second factor: a secret for an authenticator app")
          .answers(201, NewSecondFactor.class);
  public static final Operation CONFIRM =
      Operation.of("Confirm it by a first code; recovery codes are shown this once")
          .takes(SignInRoutes.CODE)
          .answers(200, RecoveryCodes.class);
  public static final Operation REMOVE =
      Operation.of("Take it away, by a code of it").takes(SignInRoutes.CODE).answersNothing();

  private final ApiRegistry registry;
  private final Tries tries;

  public SecondFactorRoutes(
      ApiRegistry registry, IdentitySettings settings, ClientAddress address) {
    this.registry = registry;
    this.tries = new Tries(registry.credentials(), settings.attempts(), address);
  }

  public void begin(Context context) {
    String secret = Totp.secret();
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          stores.secondFactors().begin(secret);
          return secret;
        });
    String account = Access.actor(context).user().toString();
    context.status(201).json(new NewSecondFactor(secret, Totp.uri(secret, account)));
  }

  public void confirm(Context context) {
    String code = CONFIRM.body(context).value(SignInRoutes.CODE);
    List<String> codes =
        registry.inOrganization(
            Access.actor(context),
            stores -> {
              SecondFactor begun =
                  stores
                      .secondFactors()
                      .own()
                      .filter(factor -> !factor.confirmed())
                      .orElseThrow(() -> Requests.unknown("second factor to confirm"));
              OptionalLong step = Totp.step(begun.secret(), code, Instant.now());
              return stores
                  .secondFactors()
                  .confirm(step.orElseThrow(Refusal::wrongCode), Access.signIn(context));
            });
    context.json(new RecoveryCodes(codes));
  }

  public void remove(Context context) {
    String code = REMOVE.body(context).value(SignInRoutes.CODE);
    UUID user = Access.actor(context).user();
    tries.count(context, "user " + user);
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          if (shown(stores.secondFactors(), code) == Proof.PASSWORD) {
            throw Requests.unknown("second factor");
          }
          stores.secondFactors().remove(user);
          return code;
        });
    tries.right(context, "user " + user);
    context.status(204);
  }

  /**
   * What was shown beside the password: nothing where the user has no second factor.
   *
   * @throws Refusal where there is one, and the code is missing, wrong, or was used before
   */
  static Proof shown(SecondFactors factors, @Nullable String code) {
    Optional<SecondFactor> own = factors.own().filter(SecondFactor::confirmed);
    if (own.isEmpty()) {
      return Proof.PASSWORD;
    }
    if (code == null) {
      throw Refusal.codeRequired();
    }
    OptionalLong step = Totp.step(own.get().secret(), code, Instant.now());
    if (step.isPresent() ? !factors.use(step.getAsLong()) : !factors.recover(code)) {
      throw Refusal.wrongCode();
    }
    return Proof.SECOND_FACTOR;
  }

  private record NewSecondFactor(String secret, String uri) {}

  private record RecoveryCodes(List<String> recoveryCodes) {}
}
