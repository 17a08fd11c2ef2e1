package fovea.testkit;

import fovea.objects.ObjectStoreSettings;
import fovea.registry.RegistrySettings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The embedded Postgres and S3 as a process beside the test, for tests whose class path must not
 * have them (Spark's). The process ends with {@link #close()}, and also when the test's JVM dies.
 */
public final class StoresProcess implements AutoCloseable {
  private static final long START_SECONDS = 180;
  private static final long STOP_SECONDS = 60;

  private final Process process;
  private final Map<String, String> environment;

  private StoresProcess(Process process, Map<String, String> environment) {
    this.process = process;
    this.environment = environment;
  }

  /**
   * Starts both stores over a folder, which keeps what they hold.
   *
   * @throws IllegalStateException where they do not start, or infra/embedded is not packaged
   */
  public static StoresProcess start(Path data) {
    try {
      Files.createDirectories(data);
      Path errors = data.resolve("stores.log");
      Process process =
          new ProcessBuilder(
                  java(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classPath(),
                  MAIN,
                  "--data",
                  data.toString())
              .redirectError(Redirect.to(errors.toFile()))
              .start();
      awaitReady(process, errors);
      return new StoresProcess(process, variables(data.resolve("platform.env")));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot start the stores", failed);
    }
  }

  private static final String MAIN = "fovea.embedded.StoresMain";

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    Path target = Repository.root().resolve("infra/embedded/target");
    if (!Files.isDirectory(target.resolve("lib"))) {
      throw new IllegalStateException(
          "infra/embedded/target/lib is missing: run mvn package -pl infra/embedded -am first");
    }
    return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
  }

  private static void awaitReady(Process process, Path errors) throws IOException {
    BufferedReader output = process.inputReader();
    CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> firstLine(output));
    String said;
    try {
      said = line.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      said = failed.toString();
    }
    if (!said.equals("READY")) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "the stores do not start: " + said + "\n" + Files.readString(errors));
    }
  }

  private static String firstLine(BufferedReader output) {
    try {
      return String.valueOf(output.readLine());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Map<String, String> variables(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
  }

  /** What the process wrote into {@code platform.env}: the stores' addresses, logins and keys. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The object store. */
  public ObjectStoreSettings objects() {
    return ObjectStoreSettings.from(environment);
  }

  /** The jobs' login. */
  public RegistrySettings jobs() {
    return login("DATABASE_USER", "DATABASE_PASSWORD");
  }

  /** The login that owns the database and migrates it. */
  public RegistrySettings owner() {
    return login("DATABASE_OWNER_USER", "DATABASE_OWNER_PASSWORD");
  }

  /** The api's login. */
  public RegistrySettings api() {
    return login("DATABASE_API_USER", "DATABASE_API_PASSWORD");
  }

  private RegistrySettings login(String user, String password) {
    return new RegistrySettings(
        environment.getOrDefault("DATABASE_URL", ""),
        environment.getOrDefault(user, ""),
        environment.getOrDefault(password, ""));
  }

  /** The process, for tests that kill it. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends its input, which stops it cleanly; kills it where that takes too long. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException alreadyGone) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
