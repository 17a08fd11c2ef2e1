package fovea.pipeline.bench;

import fovea.contract.capture.ObjectKey;
import fovea.registry.Migrations;
import fovea.testkit.FaultProxy;
import fovea.testkit.Repository;
import fovea.testkit.StoresProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ingest and preprocess as a user runs them, each a process of its own from start to end, beside
 * what else one could run over the same photographs on the same machine: {@code binaryFile} into
 * Delta, a script with python3-opencv (left out where it is not installed), the bare decode.
 *
 * <p>Arguments: {@code peers} or {@code alone}, edge in pixels, photographs a round; every round
 * adds to the same lake. Prints rows of a Markdown table and, with the peers, the calls to S3 of a
 * last small round through a proxy.
 */
public final class LakeBenchmark {
  private static final int COUNTED = 100;

  private final Path root = Repository.root();
  private final Path folder;
  private final StoresProcess stores;
  private final Uploads uploads;

  private LakeBenchmark(Path folder, StoresProcess stores, int edge) {
    this.folder = folder;
    this.stores = stores;
    this.uploads = new Uploads(stores, edge);
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("lake-benchmark").toRealPath();
    boolean peers = arguments[0].equals("peers");
    int edge = Integer.parseInt(arguments[1]);
    try (StoresProcess stores = StoresProcess.start(folder.resolve("data"))) {
      Migrations.run(stores.owner());
      LakeBenchmark benchmark = new LakeBenchmark(folder, stores, edge);
      System.out.printf(
          Locale.ROOT,
          "%d x %d pixels, %.0f kB on average%n%n",
          edge,
          edge,
          benchmark.uploads.meanBytes() / 1e3);
      System.out.println(
          "| photographs | what | s | CPU s | photographs/s | CPU ms each | peak MiB |");
      System.out.println("|---|---|---|---|---|---|---|");
      print(
          0, "`fovea ingest`, the first one: makes the tables", benchmark.fovea("ingest", "data"));
      // The launcher makes its archive of classes at the second job after a change of libraries.
      benchmark.fovea("ingest", "data");
      print(0, "`fovea ingest` of nothing", benchmark.fovea("ingest", "data"));
      for (String images : Arrays.asList(arguments).subList(2, arguments.length)) {
        benchmark.round(Integer.parseInt(images), peers);
      }
      if (peers) {
        benchmark.calls();
      }
    }
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private void round(int images, boolean peers) throws Exception {
    Path files = folder.resolve("files-" + images + "-" + System.nanoTime());
    UUID organization = uploads.make(images, files);
    print(images, "`fovea ingest`", fovea("ingest", "data"));
    uploads.requireAccepted(organization, images);
    print(images, "`fovea preprocess`", fovea("preprocess", "data"));
    if (peers) {
      peers(images, organization, files);
    }
  }

  private void peers(int images, UUID organization, Path files) throws Exception {
    print(images, "`binaryFile` to Delta", binaryFile(organization));
    if (hasPythonOpenCv()) {
      print(images, "python3-opencv script", python(files));
    }
    print(images, "bare decode", java(BareDecode.class, files.toString()));
  }

  private static void print(int images, String what, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %.1f | %.1f | %.1f | %.1f | %d |%n",
        images,
        what,
        cost.seconds(),
        cost.cpuSeconds(),
        images / cost.seconds(),
        images == 0 ? Double.NaN : 1e3 * cost.cpuSeconds() / images,
        cost.peakMebibytes());
  }

  private void calls() throws Exception {
    try (FaultProxy proxy = FaultProxy.before(stores.objects())) {
      Map<String, String> variables = new HashMap<>(stores.environment());
      variables.put("S3_ENDPOINT", proxy.settings().endpoint());
      Path platform = Files.createDirectories(folder.resolve("counted")).resolve("platform.env");
      Files.write(platform, variables.entrySet().stream().map(Object::toString).toList());
      uploads.make(COUNTED, folder.resolve("counted-files"));
      for (String job : List.of("ingest", "preprocess")) {
        proxy.forget();
        fovea(job, "counted");
        List<FaultProxy.Call> calls = proxy.calls();
        long gets = calls.stream().filter(call -> call.reads(ObjectKey.FUNDUS)).count();
        System.out.printf(
            Locale.ROOT,
            "%n%s of %d photographs: %d calls to S3, %d of them GETs of uploads%n",
            job,
            COUNTED,
            calls.size(),
            gets);
      }
    }
  }

  private Cost fovea(String job, String data) throws Exception {
    List<String> command =
        List.of(root.resolve("fovea").toString(), job, "--data", folder.resolve(data).toString());
    return Cost.of(command, Map.of(), folder.resolve(job + ".log"));
  }

  private Cost binaryFile(UUID organization) throws Exception {
    return java(
        BinaryFileToDelta.class,
        ObjectKey.FUNDUS + Uploads.DAY + "/" + organization,
        "plain/" + organization);
  }

  // With the heap and the flags that the launcher gives ingest.
  private Cost java(Class<?> main, String... arguments) throws Exception {
    Path target = root.resolve("jobs/pipeline/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
    command.addAll(Arrays.asList(System.getProperty("fovea.opens", "").split(" ")));
    command.removeIf(String::isEmpty);
    String libraries =
        List.of("test-classes", "lib/*", "fovea-pipeline-0.1.0-SNAPSHOT.jar", "spark/jars/*")
            .stream()
            .map(part -> target + "/" + part)
            .collect(Collectors.joining(":"));
    command.addAll(List.of("-cp", libraries, main.getName()));
    command.addAll(List.of(arguments));
    return Cost.of(command, stores.environment(), folder.resolve(main.getSimpleName() + ".log"));
  }

  private Cost python(Path files) throws Exception {
    String script = root.resolve("jobs/preprocess/src/test/python/peer.py").toString();
    List<String> command =
        List.of("/usr/bin/python3", script, files.toString(), "--into", files + "-png");
    return Cost.of(command, Map.of(), folder.resolve("python.log"));
  }

  private static boolean hasPythonOpenCv() throws Exception {
    try {
      return new ProcessBuilder("/usr/bin/python3", "-c", "import cv2").start().waitFor() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }
}
