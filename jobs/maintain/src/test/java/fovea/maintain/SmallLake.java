package fovea.maintain;

import fovea.contract.settings.SettingValues;
import fovea.lake.Captures;
import fovea.lake.Lake;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Captures of made-up photographs in a folder, under a local Spark. */
final class SmallLake {
  static final int BYTES = 20_000;

  final SparkSession spark;
  final Path folder;
  final Lake lake;
  final Captures captures;

  private SmallLake(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
    this.lake = new Lake(spark, "file:" + folder);
    this.captures = Captures.in(lake);
  }

  static SmallLake in(Path folder) {
    SmallLake made = new SmallLake(SparkSessions.local(), folder);
    made.lake.createTables();
    return made;
  }

  /** The same lake in another folder, without the local file system's own checksums. */
  SmallLake copy(Path to) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path from : all.toList()) {
        Path target = to.resolve(folder.relativize(from));
        if (Files.isDirectory(from)) {
          Files.createDirectories(target);
        } else if (!from.getFileName().toString().startsWith(".")) {
          Files.copy(from, target);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new SmallLake(spark, to);
  }

  /** Rows from..until-1, keys {@code i0}, {@code i1}...: one file. */
  long merge(int from, int until) {
    return captures.merge(rows(from, until));
  }

  Dataset<Row> rows(int from, int until) {
    return spark
        .range(from, until, 1, 1)
        .selectExpr(
            "concat('i', id) image_id",
            "'o' organization_id",
            "'fundus' kind",
            "concat('k', id) object_key",
            "'accepted' status",
            "current_timestamp() ingested_at",
            "'r' run",
            "cast(repeat(cast(id % 10 AS STRING), " + BYTES + ") AS BINARY) content");
  }

  JobReport run(Job job, Map<String, String> flags) {
    Map<String, String> all = new HashMap<>(flags);
    all.putIfAbsent("tables", "captures");
    all.put("data", folder.toString());
    ObjectStoreSettings objects = ObjectStoreSettings.local(folder.resolve("objects"));
    try (ObjectStore store = ObjectStore.open(objects)) {
      // Upkeep never asks the registry.
      return job.run(
          new JobContext(
              UUID.randomUUID(),
              spark,
              lake,
              store,
              objects,
              null,
              SettingValues.of(all),
              Progress.silent()));
    }
  }

  List<Path> dataFiles() {
    return files(folder.resolve("captures"), ".parquet").stream()
        .filter(f -> !f.toString().contains("_delta_log"))
        .toList();
  }

  /** The log's files of one kind, oldest first. */
  List<Path> log(String ending) {
    return files(folder.resolve("captures/_delta_log"), ending);
  }

  static List<Path> files(Path root, String ending) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(f -> f.toString().endsWith(ending))
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
