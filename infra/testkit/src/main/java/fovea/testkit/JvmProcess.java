package fovea.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A main class of the test's own class path in a JVM of its own. It is told what to do by lines of
 * its input and answers by lines of its output that begin with {@code =}; everything else it prints
 * is passed over.
 */
public final class JvmProcess implements AutoCloseable {
  private static final String OURS = "--add-opens=.*|-XX:.*|-Djdk\\..*|-Dio\\.netty.*|-Dspark\\..*";
  private static final long SECONDS = 180;

  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  private JvmProcess(Process process, Path errors) {
    this.process = process;
    this.output = process.inputReader();
    this.errors = errors;
  }

  /**
   * Starts it, with the options of this JVM and 768 MB of memory.
   *
   * @param options more of them: {@code -Dname=value}
   * @param environment over this JVM's own
   * @param errors the file its standard error goes to
   */
  public static JvmProcess start(
      Class<?> main,
      List<String> words,
      List<String> options,
      Map<String, String> environment,
      Path errors)
      throws IOException {
    return startBehind(List.of(), main, words, options, environment, errors);
  }

  /** The same behind a command that ends by running what follows it, such as {@code unshare}. */
  public static JvmProcess startBehind(
      List<String> before,
      Class<?> main,
      List<String> words,
      List<String> options,
      Map<String, String> environment,
      Path errors)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx768m");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> word.matches(OURS))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile()));
    builder.environment().putAll(environment);
    return new JvmProcess(builder.start(), errors);
  }

  // Surefire may start its JVM with one jar that names the others.
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Gives it a line. */
  public void tell(String line) throws IOException {
    Writer input = process.outputWriter();
    input.write(line + "\n");
    input.flush();
  }

  /**
   * Its next answer, without the {@code =}.
   *
   * @throws IOException where it ended or answers nothing for three minutes
   */
  public String answer() throws IOException, InterruptedException {
    try {
      Optional<String> answer =
          CompletableFuture.supplyAsync(this::nextAnswer).get(SECONDS, TimeUnit.SECONDS);
      if (answer.isPresent()) {
        return answer.get();
      }
    } catch (ExecutionException | TimeoutException silent) {
      kill();
      throw new IOException("no answer: " + Files.readString(errors), silent);
    }
    throw new IOException("it ended: " + Files.readString(errors));
  }

  private Optional<String> nextAnswer() {
    try {
      String line = output.readLine();
      while (line != null && !line.startsWith("= ")) {
        line = output.readLine();
      }
      return Optional.ofNullable(line).map(said -> said.substring(2));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** SIGTERM: it may finish what it does, and hear and say more until then. */
  public void terminate() {
    process.toHandle().destroy(); // the process's own would close its input and output
  }

  /** SIGKILL, and its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Its exit code, once it ended; 128 and the signal where one ended it. */
  public int exitCode() throws IOException, InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new IOException("it did not end: " + Files.readString(errors));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
