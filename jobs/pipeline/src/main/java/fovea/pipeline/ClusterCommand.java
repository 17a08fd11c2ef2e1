package fovea.pipeline;

import fovea.contract.settings.Setting;
import fovea.runtime.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code fovea cluster}: a standalone Spark cluster on this machine, until Ctrl-C. */
final class ClusterCommand implements Command {
  private static final Setting<Integer> PORT =
      Setting.integer("port", 7077, 0, 65535, "the master's port; 0 takes a free one");
  private static final Setting<Integer> WORKERS =
      Setting.integer("workers", 2, 1, 64, "how many workers");
  private static final Setting<Integer> CORES =
      Setting.integer("cores", 1, 1, 256, "cores of each worker");
  private static final Setting<String> MEMORY =
      Setting.text("memory", "1g", "memory of each worker, as Spark writes it");

  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public String help() {
    return "a standalone Spark cluster from the jars: a master and workers, in the foreground";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PORT, WORKERS, CORES, MEMORY, RuntimeSettings.DATA);
  }

  @Override
  public void run(Invocation invocation) throws IOException, InterruptedException {
    var values = invocation.values();
    try (LocalCluster cluster =
        LocalCluster.start(
            sparkHome(),
            Path.of(values.value(RuntimeSettings.DATA)).toAbsolutePath().resolve("cluster"),
            values.value(PORT),
            values.value(WORKERS),
            values.value(CORES),
            values.value(MEMORY))) {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
      invocation.out().println("Spark master " + cluster.url() + ", its page " + cluster.page());
      invocation.out().println("Run a job on it: ./fovea ingest --master " + cluster.url());
      cluster.join();
    }
  }

  private static Path sparkHome() {
    return Path.of(System.getenv().getOrDefault("SPARK_HOME", "jobs/pipeline/target/spark"));
  }
}
