package fovea.api;

import static fovea.contract.settings.Setting.integer;
import static fovea.contract.settings.Setting.optional;
import static fovea.contract.settings.Setting.text;

import fovea.api.identity.IdentitySettings;
import fovea.api.limits.LimitSettings;
import fovea.api.notices.NoticeSettings;
import fovea.api.operations.OperationSettings;
import fovea.contract.capture.Limits;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How the API serves.
 *
 * @param port 0 for any free one
 * @param abandonedAfter how long an upload may lie unfinished after its last URL has expired
 * @param cdnSecret shared with the edge, which asks for it in every URL
 * @param cdn what stands before the key of a model: empty where models are served by signed URL
 */
public record ApiSettings(
    String host,
    int port,
    Duration uploadLifetime,
    Duration downloadLifetime,
    int mostSessionPhotos,
    Duration abandonedAfter,
    Optional<URI> cdn,
    Optional<String> cdnSecret,
    LimitSettings limits,
    OperationSettings operations,
    NoticeSettings notices,
    IdentitySettings identity) {

  /** The address to listen on. */
  public static final Setting<String> HOST =
      text("host", "127.0.0.1", "Address the API listens on").orVariable("FOVEA_HOST");

  /** The port to listen on. */
  public static final Setting<Integer> PORT =
      integer("port", 8080, 0, 65_535, "Port the API listens on, 0 for any free one")
          .orVariable("FOVEA_PORT");

  /** How long an upload URL works. */
  public static final Setting<Integer> UPLOAD_MINUTES =
      integer("upload-minutes", 60, 1, 10_080, "Minutes that an upload URL works")
          .orVariable("FOVEA_UPLOAD_MINUTES");

  /** How long a download URL works. */
  public static final Setting<Integer> DOWNLOAD_MINUTES =
      integer("download-minutes", 60, 1, 10_080, "Minutes that the signed URL of a model works")
          .orVariable("FOVEA_DOWNLOAD_MINUTES");

  /** The cap of a session. */
  public static final Setting<Integer> SESSION_PHOTOS =
      integer(
              "session-photos",
              Limits.MAX_SESSION_PHOTOS,
              3,
              10_000,
              "Most photographs of one session")
          .orVariable("FOVEA_SESSION_PHOTOS");

  /** When an unfinished upload is given up. */
  public static final Setting<Integer> ABANDONED_HOURS =
      integer(
              "abandoned-hours",
              72,
              1,
              8_760,
              "Hours after which an upload is removed that was never completed")
          .orVariable("FOVEA_ABANDONED_HOURS");

  /** The CDN of models. */
  public static final Setting<Optional<String>> CDN =
      optional("cdn", "URL before the keys of models; without it they get signed URLs")
          .orVariable("CDN_BASE_URL");

  /** The edge's key. */
  public static final Setting<Optional<String>> CDN_SECRET =
      optional("cdn-secret", "What signs the CDN's URLs, for an edge that checks it")
          .orVariable("CDN_SECRET");

  /** Every setting, in the order of {@code --help}. */
  public static final List<Setting<?>> ALL =
      Stream.of(
              List.of(
                  HOST,
                  PORT,
                  UPLOAD_MINUTES,
                  DOWNLOAD_MINUTES,
                  SESSION_PHOTOS,
                  ABANDONED_HOURS,
                  CDN,
                  CDN_SECRET),
              IdentitySettings.ALL,
              LimitSettings.ALL,
              OperationSettings.ALL,
              NoticeSettings.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  /** The settings among some values. */
  public static ApiSettings of(SettingValues values) {
    return new ApiSettings(
        values.value(HOST),
        values.value(PORT),
        Duration.ofMinutes(values.value(UPLOAD_MINUTES)),
        Duration.ofMinutes(values.value(DOWNLOAD_MINUTES)),
        values.value(SESSION_PHOTOS),
        Duration.ofHours(values.value(ABANDONED_HOURS)),
        values.value(CDN).map(ApiSettings::cdnUrl),
        values.value(CDN_SECRET).map(ApiSettings::longEnough),
        LimitSettings.of(values),
        OperationSettings.of(values),
        NoticeSettings.of(values),
        IdentitySettings.of(values));
  }

  /** The same, with a user who is not held to the limits. */
  ApiSettings sparing(UUID user) {
    return new ApiSettings(
        host,
        port,
        uploadLifetime,
        downloadLifetime,
        mostSessionPhotos,
        abandonedAfter,
        cdn,
        cdnSecret,
        limits.sparing(user),
        operations,
        notices,
        identity);
  }

  // The value is not repeated: it is a secret.
  private static String longEnough(String secret) {
    if (!secret.matches("[A-Za-z0-9_-]{32,128}")) {
      throw new CallerMistake(
          "bad-setting",
          "CDN_SECRET must be 32 to 128 letters, digits, - and _",
          "Generate one with: openssl rand -hex 32");
    }
    return secret;
  }

  private static URI cdnUrl(String text) {
    String withoutSlash = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    if (!withoutSlash.matches("https?://[A-Za-z0-9._~:/\\[\\]-]+")) {
      throw new CallerMistake(
          "bad-setting",
          "--cdn is no URL, cannot be: " + text,
          "Give one such as https://cdn.example.org");
    }
    return URI.create(withoutSlash);
  }
}
