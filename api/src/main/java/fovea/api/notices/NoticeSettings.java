package fovea.api.notices;

import static fovea.contract.settings.Setting.choice;
import static fovea.contract.settings.Setting.integer;
import static fovea.contract.settings.Setting.optional;
import static fovea.contract.settings.Setting.text;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How others are told.
 *
 * @param inward whether webhooks may point into private networks
 * @param firstWait before the second try; it doubles with each
 * @param mostTries before a delivery is given up
 * @param smtp the mail server; empty: mailboxes cannot be told
 */
public record NoticeSettings(
    boolean inward, Duration firstWait, int mostTries, Optional<Smtp> smtp) {

  /** Whether webhooks may point inward. */
  public static final Setting<String> INWARD =
      choice(
              "webhooks-inward",
              "false",
              List.of("true", "false"),
              "Whether webhooks may point to loopback and private addresses")
          .orVariable("WEBHOOKS_INWARD");

  /** The wait before the second try. */
  public static final Setting<Integer> FIRST_WAIT =
      integer("webhook-wait", 10_000, 1, 3_600_000, "Milliseconds before the second try; doubles")
          .orVariable("WEBHOOK_WAIT");

  /** Tries. */
  public static final Setting<Integer> TRIES =
      integer("webhook-tries", 12, 1, 50, "Tries before a webhook's delivery is given up")
          .orVariable("WEBHOOK_TRIES");

  /** Whether there is a mail server. */
  public static final Setting<String> SMTP_ENABLED =
      choice("smtp", "false", List.of("true", "false"), "Whether mail is sent")
          .orVariable("SMTP_ENABLED");

  /** The mail server. */
  public static final Setting<String> SMTP_SERVER =
      text("smtp-server", "localhost", "Mail server").orVariable("SMTP_SERVER");

  /** Its port. */
  public static final Setting<Integer> SMTP_PORT =
      integer("smtp-port", 587, 1, 65_535, "Port of the mail server").orVariable("SMTP_PORT");

  /** Its user. */
  public static final Setting<Optional<String>> SMTP_USERNAME =
      optional("smtp-username", "User of the mail server").orVariable("SMTP_USERNAME");

  /** Its password. */
  public static final Setting<Optional<String>> SMTP_PASSWORD =
      optional("smtp-password", "Password of that user; better by the variable")
          .orVariable("SMTP_PASSWORD");

  /** Whether it is spoken to in the open. */
  public static final Setting<String> SMTP_TLS =
      choice(
              "smtp-tls",
              "required",
              List.of("required", "none"),
              "Whether mail leaves over TLS only (STARTTLS)")
          .orVariable("SMTP_TLS");

  /** Who writes. */
  public static final Setting<String> SMTP_FROM =
      text("smtp-from", "fovea@localhost", "Sender of mail").orVariable("SMTP_FROM");

  /** Every setting. */
  public static final List<Setting<?>> ALL =
      List.of(
          INWARD,
          FIRST_WAIT,
          TRIES,
          SMTP_ENABLED,
          SMTP_SERVER,
          SMTP_PORT,
          SMTP_USERNAME,
          SMTP_PASSWORD,
          SMTP_TLS,
          SMTP_FROM);

  /** The settings among some values. */
  public static NoticeSettings of(SettingValues values) {
    return new NoticeSettings(
        values.value(INWARD).equals("true"),
        Duration.ofMillis(values.value(FIRST_WAIT)),
        values.value(TRIES),
        values.value(SMTP_ENABLED).equals("true") ? Optional.of(smtp(values)) : Optional.empty());
  }

  private static Smtp smtp(SettingValues values) {
    return new Smtp(
        values.value(SMTP_SERVER),
        values.value(SMTP_PORT),
        values.value(SMTP_USERNAME),
        values.value(SMTP_PASSWORD).orElse(""),
        values.value(SMTP_TLS).equals("required"),
        values.value(SMTP_FROM));
  }

  /** A mail server. */
  public record Smtp(
      String server, int port, Optional<String> user, String password, boolean tls, String from) {

    /** Without the password. */
    @Override
    public String toString() {
      return server + ":" + port;
    }
  }
}
