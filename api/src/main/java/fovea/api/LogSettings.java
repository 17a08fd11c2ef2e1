package fovea.api;

import static fovea.contract.settings.Setting.choice;
import static fovea.contract.settings.Setting.path;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is logged, and where.
 *
 * @param level of Fovea's own lines; libraries speak from warn on
 */
record LogSettings(String level, Optional<Path> given) {

  static final Setting<String> LEVEL =
      choice(
              "log-level",
              "info",
              List.of("debug", "info", "warn", "error"),
              "Least level of log lines")
          .orVariable("LOG_LEVEL");

  static final Setting<Optional<Path>> FILE =
      path("log-file", "Log file; without it logs/api.log in the data folder")
          .orVariable("LOG_FILE");

  static final List<Setting<?>> ALL = List.of(LEVEL, FILE);

  static LogSettings of(SettingValues values) {
    return new LogSettings(values.value(LEVEL), values.value(FILE));
  }

  Path file(Path data) {
    return given.orElseGet(() -> Logs.file(data)).toAbsolutePath();
  }
}
