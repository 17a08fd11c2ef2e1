package fovea.runtime;

import fovea.objects.ObjectStoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Driver} in a JVM of its own. */
final class DriverProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Path errors;

  private DriverProcess(Process process, Path errors) {
    this.process = process;
    this.answers = process.inputReader();
    this.errors = errors;
  }

  static DriverProcess start(String name, ObjectStoreSettings objects, Path folder)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx768m");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> word.matches("--add-opens=.*|-XX:.*|-Djdk\\..*|-Dio\\.netty.*"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classPath(), Driver.class.getName(), name));
    Path errors = folder.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile()));
    builder.environment().putAll(objects.variables());
    return new DriverProcess(builder.start(), errors);
  }

  // Surefire may start its JVM with one jar that names the others.
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  void tell(String task) throws IOException {
    Writer tasks = process.outputWriter();
    tasks.write(task + "\n");
    tasks.flush();
  }

  /** The next answer's words. */
  String[] answer() throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith("= ")) {
        return line.substring(2).split(" ");
      }
    }
    throw new IOException("the driver ended: " + Files.readString(errors));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
