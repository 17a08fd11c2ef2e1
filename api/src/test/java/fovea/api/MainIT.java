package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.PlatformEnv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainIT {
  @TempDir Path folder;

  @Test
  void the_platform_serves_until_sigterm_and_once_a_folder() throws Exception {
    Path data = folder.resolve("data");
    Path file = data.resolve(PlatformEnv.FILE);
    Process up = start("up", "--data", data.toString(), "--port", "0");
    try {
      await(up, file);
      Map<String, String> values = PlatformEnv.read(file);
      assertThat(values).containsEntry("FOVEA_API_PID", Long.toString(up.pid()));
      Client client =
          Client.of(data)
              .signedIn(
                  values.getOrDefault("FOVEA_ADMIN_EMAIL", ""),
                  values.getOrDefault("FOVEA_ADMIN_PASSWORD", ""));
      assertThat(client.get("/v1/sessions").status()).isEqualTo(200);

      Process second = start("up", "--data", data.toString(), "--port", "0");
      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(2);
      assertThat(output(second)).hasSize(1).first().asString().contains("a platform is up");
      assertThat(file).exists();

      Process verified = start("audit", "verify", "--data", data.toString());
      assertThat(verified.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output(verified))
          .last()
          .asString()
          .matches(".* as it was written: [0-9]+ rows .*");
      assertThat(verified.exitValue()).isZero();
    } finally {
      up.destroy();
    }
    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).isZero();
    assertThat(file).doesNotExist();
    assertThat(Files.readString(Logs.file(data))).contains("path=/v1/sessions status=200");
    assertThat(data.resolve("postgres/cluster/postmaster.pid")).doesNotExist();
  }

  @Test
  void a_mistake_of_the_caller_is_one_line_and_exit_2() throws Exception {
    Process process = start("up", "--port", "99999");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(output(process)).hasSize(1).first().asString().contains("--port must be");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add("fovea.api.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(DATABASE|S3|R2|FOVEA).*"));
    builder.environment().keySet().removeAll(List.of("JWT_SECRET", "ENCRYPTION_KEY"));
    return builder.start();
  }

  private static void await(Process process, Path file) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!Files.exists(file)) {
      assertThat(process.isAlive() && System.nanoTime() < end).as("platform is coming up").isTrue();
      Thread.sleep(50);
    }
  }

  private static List<String> output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes()).lines().toList();
  }
}
