package fovea.api.identity;

import static fovea.contract.settings.Setting.choice;
import static fovea.contract.settings.Setting.integer;
import static fovea.contract.settings.Setting.list;
import static fovea.contract.settings.Setting.text;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.registry.Credentials.Attempts;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Who is let in, and for how long.
 *
 * @param tokenLifetime of an access token
 * @param signInLifetime how long refresh tokens carry a sign-in on
 * @param issuers whose tokens are taken beside our own
 * @param audience what those tokens must be made for
 * @param organizationClaim where an issuer's tokens hold the organisation's id, as a path with dots
 * @param roleClaim where they hold the role, or several
 */
public record IdentitySettings(
    Duration tokenLifetime,
    Duration signInLifetime,
    Attempts attempts,
    SecondFactorPolicy secondFactor,
    List<URI> issuers,
    String audience,
    String organizationClaim,
    String roleClaim) {

  static final Setting<Integer> TOKEN_MINUTES =
      integer("token-minutes", 60, 1, 10_080, "Minutes that an access token works")
          .orVariable("FOVEA_TOKEN_MINUTES");

  static final Setting<Integer> SIGN_IN_DAYS =
      integer("sign-in-days", 30, 1, 365, "Days that refresh tokens carry a sign-in on")
          .orVariable("FOVEA_SIGN_IN_DAYS");

  static final Setting<Integer> SIGN_IN_TRIES =
      integer("sign-in-tries", 10, 1, 1_000, "Tries of one email before it is locked")
          .orVariable("FOVEA_SIGN_IN_TRIES");

  static final Setting<Integer> LOCK_MINUTES =
      integer("lock-minutes", 15, 1, 1_440, "Minutes in which tries count, and of the lock")
          .orVariable("FOVEA_LOCK_MINUTES");

  static final Setting<String> SECOND_FACTOR =
      choice(
              "second-factor",
              "admins",
              List.of("optional", "admins", "all"),
              "Who must sign in with a second factor; all: the platform's own admin too")
          .orVariable("FOVEA_SECOND_FACTOR");

  static final Setting<List<String>> ISSUERS =
      list("oidc-issuers", "", "Issuers (OpenID Connect) whose tokens are taken too")
          .orVariable("OIDC_ISSUERS");

  static final Setting<String> AUDIENCE =
      text("oidc-audience", "fovea-api", "Audience that their tokens must have")
          .orVariable("OIDC_AUDIENCE");

  static final Setting<String> ORGANIZATION_CLAIM =
      text("oidc-organization-claim", "organization", "Their claim with the organisation's id")
          .orVariable("OIDC_ORGANIZATION_CLAIM");

  static final Setting<String> ROLE_CLAIM =
      text("oidc-role-claim", "role", "Their claim with the role; Keycloak: realm_access.roles")
          .orVariable("OIDC_ROLE_CLAIM");

  /** From one address many people may sign in. */
  private static final int ACCOUNTS_OF_AN_ADDRESS = 20;

  /** Every setting, in the order of {@code --help}. */
  public static final List<Setting<?>> ALL =
      List.of(
          TOKEN_MINUTES,
          SIGN_IN_DAYS,
          SIGN_IN_TRIES,
          LOCK_MINUTES,
          SECOND_FACTOR,
          ISSUERS,
          AUDIENCE,
          ORGANIZATION_CLAIM,
          ROLE_CLAIM);

  /** The settings among some values. */
  public static IdentitySettings of(SettingValues values) {
    int tries = values.value(SIGN_IN_TRIES);
    return new IdentitySettings(
        Duration.ofMinutes(values.value(TOKEN_MINUTES)),
        Duration.ofDays(values.value(SIGN_IN_DAYS)),
        new Attempts(
            tries, tries * ACCOUNTS_OF_AN_ADDRESS, Duration.ofMinutes(values.value(LOCK_MINUTES))),
        SecondFactorPolicy.of(values.value(SECOND_FACTOR)),
        values.value(ISSUERS).stream().map(IdentitySettings::issuer).toList(),
        values.value(AUDIENCE),
        values.value(ORGANIZATION_CLAIM),
        values.value(ROLE_CLAIM));
  }

  private static URI issuer(String text) {
    if (!text.matches(
        "https://[^\\s?#]+|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/[^\\s?#]*)?")) {
      throw new CallerMistake(
          "bad-setting",
          "--oidc-issuers has no such issuer: " + text,
          "Give URLs such as https://id.example.org/realms/clinic; http only on this machine");
    }
    return URI.create(text);
  }
}
