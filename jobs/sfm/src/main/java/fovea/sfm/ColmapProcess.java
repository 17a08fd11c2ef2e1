package fovea.sfm;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs COLMAP's commands in a folder, one database for all; what it prints goes to a file there.
 */
final class ColmapProcess {
  private static final long MOST_HOURS = 6;
  private static final int LAST_LINES = 400;

  private final Path program;
  private final Path folder;

  ColmapProcess(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * Runs a command to its end.
   *
   * @throws CallerMistake {@code colmap-failed} where it fails or takes hours
   */
  void run(String command, List<String> options) throws IOException {
    List<String> line = new ArrayList<>(List.of(program.toString(), command));
    line.addAll(List.of("--database_path", folder.resolve("database.db").toString()));
    line.addAll(options);
    Path log = folder.resolve(command + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("QT_QPA_PLATFORM", "offscreen");
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    try {
      if (!process.waitFor(MOST_HOURS, TimeUnit.HOURS)) {
        throw failed(command, "it ran for more than " + MOST_HOURS + " hours");
      }
      if (process.exitValue() != 0) {
        throw failed(command, "it ended with " + process.exitValue() + ": " + last(log));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw failed(command, "it was interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  private static CallerMistake failed(String command, String why) {
    return new CallerMistake(
        "colmap-failed",
        "COLMAP's " + command + " failed, " + why,
        "Take --poses-by fovea, or try this COLMAP by hand");
  }

  private static String last(Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    String end = text.substring(Math.max(0, text.length() - LAST_LINES));
    return end.replaceAll("\\s+", " ");
  }
}
