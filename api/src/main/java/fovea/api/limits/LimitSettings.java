package fovea.api.limits;

import static fovea.contract.settings.Setting.choice;
import static fovea.contract.settings.Setting.integer;
import static fovea.contract.settings.Setting.optional;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * How much a caller may ask for.
 *
 * @param requests of any kind, a minute
 * @param patients requests for patients and their eyes, an hour
 * @param images retinal photographs, an hour
 * @param objects stored objects, an hour; a photo session counts once
 * @param learning reads of training runs and models, an hour
 * @param operator whether the platform's first administrator is held to them: auto, on or off
 * @param redis where counts are shared by several processes
 * @param unlimited users that are not held to them
 */
public record LimitSettings(
    boolean enabled,
    int requests,
    int patients,
    int images,
    int objects,
    int learning,
    String operator,
    Optional<String> redis,
    Set<UUID> unlimited) {

  private static final int MOST = 1_000_000;

  /** Whether there are limits. */
  public static final Setting<String> ENABLED =
      choice("rate-limit", "true", List.of("true", "false"), "Whether callers are held to limits")
          .orVariable("RATE_LIMIT_ENABLED");

  /** Requests a minute. */
  public static final Setting<Integer> REQUESTS =
      integer("requests-per-minute", 100, 1, MOST, "Requests of one caller within any minute")
          .orVariable("MAX_REQUESTS_PER_MINUTE");

  /** Patients an hour. */
  public static final Setting<Integer> PATIENTS =
      integer("patients-per-hour", 1_000, 1, MOST, "Requests for patients within any hour")
          .orVariable("MAX_PATIENT_REQUESTS_PER_HOUR");

  /** Retinal photographs an hour. */
  public static final Setting<Integer> IMAGES =
      integer("images-per-hour", 20, 1, MOST, "Retinal photographs of one caller within any hour")
          .orVariable("MAX_IMAGES_PER_HOUR");

  /** Stored objects an hour. */
  public static final Setting<Integer> OBJECTS =
      integer(
              "uploads-per-hour",
              50,
              1,
              MOST,
              "Objects one caller stores within any hour; a photo session counts once")
          .orVariable("MAX_UPLOADS_PER_HOUR");

  /** Reads for training an hour. */
  public static final Setting<Integer> LEARNING =
      integer(
              "learning-per-hour",
              5_000,
              1,
              MOST,
              "Reads of training runs and models within any hour")
          .orVariable("MAX_LEARNING_READS_PER_HOUR");

  /** Whether the operator is held to them. */
  public static final Setting<String> OPERATOR =
      choice(
              "operator-limits",
              "auto",
              List.of("auto", "on", "off"),
              "Whether limits hold for the first administrator, as whom ./fovea load signs in;"
                  + " auto: only where Postgres is not the platform's own")
          .orVariable("RATE_LIMIT_OPERATOR");

  /** Where counts are shared. */
  public static final Setting<Optional<String>> REDIS =
      optional("redis-url", "Redis that several API processes share, as redis://host:6379")
          .orVariable("REDIS_URL");

  /** Every setting. */
  public static final List<Setting<?>> ALL =
      List.of(ENABLED, REQUESTS, PATIENTS, IMAGES, OBJECTS, LEARNING, OPERATOR, REDIS);

  /** The settings among some values; everybody is held to them. */
  public static LimitSettings of(SettingValues values) {
    return new LimitSettings(
        values.value(ENABLED).equals("true"),
        values.value(REQUESTS),
        values.value(PATIENTS),
        values.value(IMAGES),
        values.value(OBJECTS),
        values.value(LEARNING),
        values.value(OPERATOR),
        values.value(REDIS),
        Set.of());
  }

  /** The same, without a user. */
  public LimitSettings sparing(UUID user) {
    return new LimitSettings(
        enabled, requests, patients, images, objects, learning, operator, redis, Set.of(user));
  }
}
