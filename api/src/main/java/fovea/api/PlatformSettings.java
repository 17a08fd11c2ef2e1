package fovea.api;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the platform keeps its things.
 *
 * @param data the folder of stores, secrets, logs and {@code platform.env}
 * @param postgresPort of the embedded Postgres, 0 for any free one
 * @param objectsPort of the embedded object store, 0 for any free one
 */
record PlatformSettings(
    Path data,
    int postgresPort,
    int objectsPort,
    String organization,
    String adminEmail,
    String logLevel,
    Path log) {

  static final Setting<String> DATA =
      Setting.text("data", ".fovea", "Folder of stores, secrets and logs").orVariable("FOVEA_DATA");
  static final Setting<Integer> POSTGRES_PORT =
      Setting.integer("postgres-port", 0, 0, 65_535, "Port of the embedded Postgres, 0 for any");
  static final Setting<Integer> OBJECTS_PORT =
      Setting.integer("objects-port", 0, 0, 65_535, "Port of the embedded S3 store, 0 for any");
  static final Setting<String> ORGANIZATION =
      Setting.text("organization", "Fovea", "Name of the first organisation")
          .orVariable("FOVEA_ORGANIZATION");
  static final Setting<String> ADMIN_EMAIL =
      Setting.text("admin-email", "admin@fovea.local", "Who administers it")
          .orVariable("FOVEA_ADMIN_EMAIL");

  static final Setting<String> LOG_LEVEL =
      Setting.choice(
              "log-level",
              "info",
              List.of("debug", "info", "warning", "error"),
              "What is worth a line in the log")
          .orVariable("LOG_LEVEL");
  static final Setting<Optional<Path>> LOG_FILE =
      Setting.path("log-file", "The log; by default logs/api.log in the data folder")
          .orVariable("LOG_FILE");

  static final List<Setting<?>> ALL =
      List.of(DATA, POSTGRES_PORT, OBJECTS_PORT, ORGANIZATION, ADMIN_EMAIL, LOG_LEVEL, LOG_FILE);

  static PlatformSettings of(SettingValues values) {
    Path data = Path.of(values.value(DATA)).toAbsolutePath().normalize();
    return new PlatformSettings(
        data,
        values.value(POSTGRES_PORT),
        values.value(OBJECTS_PORT),
        values.value(ORGANIZATION),
        values.value(ADMIN_EMAIL),
        values.value(LOG_LEVEL),
        values.value(LOG_FILE).orElse(Logs.file(data)));
  }
}
