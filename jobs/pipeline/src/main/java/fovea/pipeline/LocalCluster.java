package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A standalone Spark cluster made of the jars alone: a master and workers as plain Java processes,
 * without Spark's distribution. SPARK_HOME is a folder whose {@code jars} hold everything, Fovea
 * included, so that executors need nothing shipped.
 */
final class LocalCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final List<Process> processes = new ArrayList<>();
  private final Path sparkHome;
  private final Path folder;
  private final int port;
  private final int page;

  private LocalCluster(Path sparkHome, Path folder, int port) throws IOException {
    this.sparkHome = sparkHome;
    this.folder = Files.createDirectories(folder);
    this.port = port == 0 ? freePort() : port;
    this.page = freePort();
  }

  /**
   * Starts a master and workers and waits until they know each other.
   *
   * @param port of the master; 0 for a free one
   * @param memory of each worker, as Spark writes it: {@code 1g}
   */
  static LocalCluster start(
      Path sparkHome, Path folder, int port, int workers, int coresEach, String memory)
      throws IOException, InterruptedException {
    LocalCluster cluster = new LocalCluster(sparkHome, folder, port);
    try {
      cluster.master();
      for (int i = 1; i <= workers; i++) {
        cluster.worker(i, coresEach, memory);
      }
      cluster.await(workers);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  /** For example {@code spark://127.0.0.1:7077}. */
  String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** The master's page. */
  String page() {
    return "http://" + HOST + ":" + page;
  }

  /** The executors that run now: children of the workers. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(p -> p.toHandle().descendants())
        .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Blocks until the master ends. */
  void join() throws InterruptedException {
    processes.get(0).waitFor();
  }

  private void master() throws IOException {
    launch(
        "master",
        List.of(
            "org.apache.spark.deploy.master.Master",
            "--host",
            HOST,
            "--port",
            Integer.toString(port),
            "--webui-port",
            Integer.toString(page)));
    awaitPort();
  }

  private void worker(int number, int cores, String memory) throws IOException {
    launch(
        "worker-" + number,
        List.of(
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            HOST,
            "--webui-port",
            "0",
            "--cores",
            Integer.toString(cores),
            "--memory",
            memory,
            "--work-dir",
            folder.resolve("work-" + number).toString(),
            url()));
  }

  private void launch(String name, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // They pass messages: what they would compile well they never run long enough.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_CONF_DIR", folder.toString());
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    processes.add(builder.start());
  }

  // What Spark and Fovea both need (Scala itself) lies among Fovea's libraries, beside SPARK_HOME;
  // executors find those by spark.executor.extraClassPath.
  private String classPath() {
    return sparkHome.resolve("jars") + "/*:" + sparkHome.resolveSibling("lib") + "/*";
  }

  private void awaitPort() throws IOException {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(end) && processes.get(0).isAlive()) {
      try (Socket socket = new Socket(HOST, port)) {
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    throw new CallerMistake(
        "cluster-port",
        "the master does not listen on port " + port,
        "Give a free port with --port, or see " + folder.resolve("master.log"));
  }

  private void await(int workers) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(page() + "/json/")).build();
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(end)) {
      if (aliveWorkers(http, request).contains("\"aliveworkers\":" + workers)) {
        return;
      }
      pause();
    }
    throw new IOException("the workers did not register in 60 s; see " + folder);
  }

  // The master's page opens a moment after its port.
  private static String aliveWorkers(HttpClient http, HttpRequest request)
      throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body().replace(" ", "");
    } catch (IOException notYet) {
      return "";
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster started", stop);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends workers before the master, executors with them. */
  @Override
  public void close() {
    List<ProcessHandle> children =
        processes.stream().flatMap(p -> p.toHandle().descendants()).toList();
    processes.forEach(Process::destroy);
    children.forEach(ProcessHandle::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException stop) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
