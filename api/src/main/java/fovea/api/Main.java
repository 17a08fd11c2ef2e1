package fovea.api;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The platform's process: {@code up --data DIR [--port N]} serves until SIGTERM; {@code audit
 * verify} and {@code audit archive} look after the audit log.
 *
 * <p>Exit codes: 0 stopped, 1 the audit log is not as it was written, 2 the caller's mistake (one
 * line on standard error), 3 our fault (one line that names the log).
 */
public final class Main {
  private static final List<Setting<?>> ALL =
      Stream.of(PlatformSettings.ALL, ApiSettings.ALL, LogSettings.ALL, QuotaCommand.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private Main() {}

  /** Runs a command; see {@code --help}. */
  public static void main(String[] arguments) {
    int code = run(List.of(arguments), System.getenv());
    // Non-daemon threads of the servers must not keep a process whose work is over.
    Runtime.getRuntime().halt(code);
  }

  private static int run(List<String> arguments, Map<String, String> environment) {
    Path log = Logs.file(Path.of(".fovea"));
    try {
      if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("help")) {
        help(System.out);
        return arguments.isEmpty() ? 2 : 0;
      }
      int words = arguments.get(0).equals("audit") && arguments.size() > 1 ? 2 : 1;
      SettingValues values =
          SettingValues.parse(arguments.subList(words, arguments.size()), ALL, environment);
      log = LogSettings.of(values).file(PlatformSettings.of(values).data());
      return run(String.join(" ", arguments.subList(0, words)), values, environment);
    } catch (CallerMistake mistake) {
      System.err.println("fovea: " + mistake.getMessage());
      return 2;
    } catch (RuntimeException | Error fault) {
      LoggerFactory.getLogger(Main.class).error("the platform cannot go on", fault);
      System.err.println("The platform failed on our side; the reason is in " + log);
      return 3;
    }
  }

  private static int run(String command, SettingValues values, Map<String, String> environment) {
    if (command.startsWith("audit ")) {
      return AuditCommand.run(command.substring(6), values, environment, System.out);
    }
    if (command.equals("quota")) {
      return QuotaCommand.run(values, environment, System.out);
    }
    if (command.equals("verify-setup")) {
      Logs.quiet();
      return VerifySetup.run(values, environment, System.out);
    }
    if (!command.equals("up")) {
      throw new CallerMistake(
          "unknown-command",
          "unknown command: " + command,
          "The commands: up, verify-setup, audit, quota");
    }
    up(PlatformSettings.of(values), ApiSettings.of(values), LogSettings.of(values), environment);
    return 0;
  }

  private static void up(
      PlatformSettings settings,
      ApiSettings api,
      LogSettings logs,
      Map<String, String> environment) {
    try (DataFolder data = DataFolder.take(settings.data())) {
      Logs.open(data.path(), logs);
      CountDownLatch stop = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop)));
      try (Platform platform = Platform.start(data, settings, api, environment)) {
        greet(platform, data.path(), logs.file(data.path()));
        await(stop);
      }
    }
  }

  private static void greet(Platform platform, Path data, Path log) {
    System.out.println("Fovea is up: " + platform.url() + "  (try GET /v1/health)");
    System.out.println("  addresses and secrets  " + data.resolve("platform.env"));
    System.out.println("  log                    " + log);
    System.out.println("  stop it with           Ctrl-C");
  }

  // A hook that returned would end the process with the signal's code: main() halts it with its own
  // as soon as everything is closed.
  private static void stopAndWait(CountDownLatch stop) {
    stop.countDown();
    try {
      Thread.sleep(LONGEST_STOP.toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void help(PrintStream out) {
    out.println("Usage: fovea up [--data DIR] [--port N] ...");
    out.println("Starts Postgres and an S3 store (unless DATABASE_URL, S3_BUCKET_NAME, ... name");
    out.println("others) and serves the HTTP API until Ctrl-C.");
    out.println("       fovea verify-setup [--data DIR]");
    out.println("Looks at logins, migrations, row security, the object store, secrets and clocks.");
    out.println("       fovea audit verify | archive [--data DIR]");
    out.println("Recomputes the audit log's chain of hashes (exit code 1 where it is broken), or");
    out.println("moves old rows to the object store.");
    out.println("       fovea quota --organization NAME [--most-bytes N] ...");
    out.println("Grants an organisation room; what is left out is not limited.");
    for (Setting<?> setting : ALL) {
      out.printf(
          "  --%-18s %s (%s%s%s)%n",
          setting.name(),
          setting.help(),
          setting.range(),
          setting.standard() == null || setting.standard().isEmpty()
              ? ""
              : "; default " + setting.standard(),
          setting.variable() == null ? "" : "; " + setting.variable());
    }
  }
}
