package fovea.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The platform's own process (API, Postgres, S3), as {@code ./fovea up} starts it: its class path
 * and ours cannot be one.
 */
final class PlatformProcess implements AutoCloseable {
  private final Process process;
  private final Path data;

  private PlatformProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  static PlatformProcess start(Path data) throws Exception {
    forgetFileSystems();
    Path api = Path.of("../../api/target").toAbsolutePath().normalize();
    Files.createDirectories(data);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    api + "/lib/*:" + api.resolve("fovea-api-0.1.0-SNAPSHOT.jar"),
                    "fovea.api.Main",
                    "up",
                    "--data",
                    data.toString(),
                    "--port",
                    "0"))
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("up.out").toFile())
            .start();
    PlatformProcess platform = new PlatformProcess(process, data);
    platform.await();
    return platform;
  }

  // Hadoop keeps one client a bucket for the life of a JVM, with the port of the platform before
  // this one; by name, for Hadoop is on the class path at run time only.
  private static void forgetFileSystems() throws ReflectiveOperationException {
    Class.forName("org.apache.hadoop.fs.FileSystem").getMethod("closeAll").invoke(null);
  }

  Path data() {
    return data;
  }

  private void await() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!Files.exists(data.resolve("platform.env"))) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new IOException(
            "the platform did not start: " + Files.readString(data.resolve("up.out")));
      }
      Thread.sleep(100);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
