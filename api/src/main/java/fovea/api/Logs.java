package fovea.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.LogManager;

/** One log file a start; the last one is kept beside it. The console stays quiet. */
final class Logs {
  private Logs() {}

  static Path file(Path data) {
    return data.resolve("logs").resolve("api.log");
  }

  /** For commands that answer in a few lines. */
  static void quiet() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    LogManager.getLogManager().reset();
  }

  /** Must run before the first logger is made: slf4j-simple reads its settings once. */
  static void open(Path data, LogSettings settings) {
    Path file = settings.file(data);
    try {
      Files.createDirectories(file.getParent());
      if (Files.exists(file)) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
    System.setProperty("org.slf4j.simpleLogger.logFile", file.toString());
    System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
    System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.setProperty("org.slf4j.simpleLogger.log.fovea", settings.level());
    System.setProperty("org.slf4j.simpleLogger.log.org.flywaydb", "info");
    // The Postgres driver speaks java.util.logging: what it has to say comes as exceptions too.
    LogManager.getLogManager().reset();
  }
}
