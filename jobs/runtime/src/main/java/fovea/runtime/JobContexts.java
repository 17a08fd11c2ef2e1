package fovea.runtime;

import fovea.contract.settings.SettingValues;
import fovea.lake.Lake;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/** Opens what a job works with, from environment variables, and closes all of it. */
public final class JobContexts implements AutoCloseable {
  private final JobContext context;

  private JobContexts(JobContext context) {
    this.context = context;
  }

  /**
   * Opens Spark, the object store, the registry and the lake, whose tables are made where missing.
   *
   * @param application the name Spark shows: {@code fovea ingest}
   * @param process the process's variables; {@code DATA/platform.env} goes over them
   * @throws fovea.contract.errors.CallerMistake where a variable is missing or malformed
   */
  public static JobContexts open(
      String application, SettingValues values, Map<String, String> process, Progress progress) {
    RuntimeSettings settings = RuntimeSettings.of(values);
    Map<String, String> variables = PlatformEnvironment.of(settings.data(), process);
    ObjectStoreSettings objects = ObjectStoreSettings.from(variables);
    // The cheap ones first: a database that is down shows before Spark is started.
    JobRegistry registry = JobRegistry.open(RegistrySettings.from(variables));
    ObjectStore store = ObjectStore.open(objects);
    try {
      SparkSession spark = SparkSessions.open(application, settings.master(), objects);
      Lake lake = new Lake(spark, lakeRoot(objects, settings.data())).createTables();
      return new JobContexts(
          new JobContext(
              UUID.randomUUID(), spark, lake, store, objects, registry, values, progress));
    } catch (RuntimeException failed) {
      registry.close();
      store.close();
      throw failed;
    }
  }

  /** The lake alone, for {@code fovea sql}: needs no registry. */
  public static Lake lake(SettingValues values, Map<String, String> process) {
    RuntimeSettings settings = RuntimeSettings.of(values);
    ObjectStoreSettings objects =
        ObjectStoreSettings.from(PlatformEnvironment.of(settings.data(), process));
    SparkSession spark = SparkSessions.open("fovea sql", settings.master(), objects);
    return new Lake(spark, lakeRoot(objects, settings.data())).createTables();
  }

  /** What was opened. */
  public JobContext context() {
    return context;
  }

  @Override
  public void close() {
    try (JobRegistry registry = context.registry();
        ObjectStore objects = context.objects()) {
      context.spark().stop();
    }
  }

  static String lakeRoot(ObjectStoreSettings objects, Path data) {
    return objects.kind().equals("s3")
        ? "s3a://" + objects.bucket() + "/lake"
        : "file:" + data.resolve("lake"); // no URI: Hadoop takes %20 for three letters
  }
}
