package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.lake.LakeDamaged;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** The command line: {@code fovea COMMAND [--flag value ...]}. */
public final class Main {
  static final int FINE = 0;
  static final int CALLERS_MISTAKE = 2;
  static final int OUR_FAULT = 3;

  private Main() {}

  /** Exits 0 when done, 2 for a mistake of the caller, 3 for a fault of ours. */
  public static void main(String[] arguments) {
    // Spark leaves threads that are no daemons: leave by exit, or a failure never ends.
    System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> words, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      dispatch(words, environment, out);
      return FINE;
    } catch (Throwable failure) {
      return report(failure, words, environment, err);
    }
  }

  private static void dispatch(List<String> words, Map<String, String> environment, PrintStream out)
      throws Exception {
    String word = words.isEmpty() ? "help" : words.get(0);
    if (List.of("help", "--help", "-h").contains(word)) {
      out.print(Help.overview());
      return;
    }
    Command command = Commands.named(word);
    List<String> rest = words.subList(1, words.size());
    if (rest.contains("--help") || rest.contains("-h")) {
      out.print(Help.of(command));
      return;
    }
    List<String> operands = leadingOperands(command, rest);
    SettingValues values =
        SettingValues.parse(
            rest.subList(operands.size(), rest.size()), command.settings(), environment);
    command.run(new Command.Invocation(operands, values, environment, out));
  }

  private static List<String> leadingOperands(Command command, List<String> rest) {
    long words =
        rest.stream()
            .limit(command.mostOperands())
            .takeWhile(word -> !word.startsWith("--"))
            .count();
    return rest.subList(0, (int) words);
  }

  static int report(
      Throwable failure, List<String> words, Map<String, String> environment, PrintStream err) {
    Optional<CallerMistake> mistake =
        ExceptionUtils.getThrowableList(failure).stream()
            .filter(CallerMistake.class::isInstance)
            .map(CallerMistake.class::cast)
            .findFirst();
    if (mistake.isPresent()) {
      err.println("fovea: " + mistake.get().getMessage());
      return CALLERS_MISTAKE;
    }
    if (isStopping()) { // Spark is stopped under a job by its own hook, and the job falls over that
      err.println(
          "fovea: stopped by a signal. What is committed stands; run it again for the rest");
      return OUR_FAULT; // the signal's own code is what the shell sees
    }
    Optional<Throwable> full = FullDisk.in(failure);
    if (full.isPresent()) { // where there may be no room for a log either
      String remedy = FullDisk.remedy(Platform.dataFolder(words), environment);
      err.println("fovea: a disk is full: " + oneLine(full.get()) + ". " + remedy);
      return OUR_FAULT;
    }
    Path log = writeLog(failure, words);
    int damage = ExceptionUtils.indexOfThrowable(failure, LakeDamaged.class);
    if (damage >= 0) {
      err.println(
          "fovea: "
              + ExceptionUtils.getThrowables(failure)[damage].getMessage()
              + ". Restore what is missing from a backup; ./fovea maintain fsck lists every fault");
      return OUR_FAULT;
    }
    err.println(
        "fovea: " + oneLine(failure) + ". This is a fault of Fovea's; the details are in " + log);
    return OUR_FAULT;
  }

  // The JVM tells by refusing hooks.
  private static boolean isStopping() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      return true;
    }
  }

  private static String oneLine(Throwable failure) {
    Throwable root = ExceptionUtils.getRootCause(failure);
    String text = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return root.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text);
  }

  private static Path writeLog(Throwable failure, List<String> words) {
    try {
      Path folder = Files.createDirectories(Path.of(Platform.dataFolder(words), "logs"));
      Path log = folder.resolve("failure-" + Instant.now().toEpochMilli() + ".log");
      return Files.writeString(
          log,
          // The command alone: its operands may hold what belongs in no log.
          "fovea "
              + words.stream().findFirst().orElse("")
              + "\n"
              + ExceptionUtils.getStackTrace(failure));
    } catch (IOException noLog) {
      throw new UncheckedIOException(noLog);
    }
  }
}
