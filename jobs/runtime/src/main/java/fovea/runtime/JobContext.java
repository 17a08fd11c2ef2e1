package fovea.runtime;

import fovea.contract.settings.SettingValues;
import fovea.lake.Lake;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/**
 * What a job works with. The driver owns it; executors get the settings records and open their own.
 *
 * @param run identifies this run in reports and tables
 */
public record JobContext(
    UUID run,
    SparkSession spark,
    Lake lake,
    ObjectStore objects,
    ObjectStoreSettings objectSettings,
    JobRegistry registry,
    SettingValues values,
    Progress progress) {

  /** The same for another run, under an id of its own. */
  public JobContext withNewRun() {
    return new JobContext(
        UUID.randomUUID(), spark, lake, objects, objectSettings, registry, values, progress);
  }
}
