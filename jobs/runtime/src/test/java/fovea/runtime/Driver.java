package fovea.runtime;

import fovea.objects.ObjectStoreSettings;
import io.delta.storage.LogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/**
 * One of several drivers, in a JVM of its own; does what its standard input says, a line a task,
 * and answers each with a line that begins with {@code =}.
 *
 * <pre>
 * race STORE_CLASS LOG_FOLDER COMMITS   -> = commits, times the newest version went backwards
 * append TABLE COMMITS                  -> = commits
 * count TABLE                           -> = rows
 * </pre>
 */
final class Driver {
  private final String name;
  private final ObjectStoreSettings objects;

  private Driver(String name, ObjectStoreSettings objects) {
    this.name = name;
    this.objects = objects;
  }

  public static void main(String[] arguments) throws Exception {
    Driver driver = new Driver(arguments[0], ObjectStoreSettings.from(System.getenv()));
    BufferedReader tasks =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("= ready");
    for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
      System.out.println("= " + driver.does(task.split(" ")));
    }
    System.exit(0); // Spark's threads are no daemons
  }

  private String does(String[] task) throws Exception {
    switch (task[0]) {
      case "race":
        return race(store(task[1]), new Path(task[2]), Integer.parseInt(task[3]));
      case "append":
        return append(task[1], Integer.parseInt(task[2]));
      case "count":
        return Long.toString(spark().read().format("delta").load(task[1]).count());
      default:
        throw new IllegalArgumentException(task[0]);
    }
  }

  private String race(LogStore store, Path log, int commits) throws IOException {
    int backwards = 0;
    long seen = -1;
    long next = 0;
    for (int done = 0; done < commits; next++) {
      done += commit(store, log, next, name + "-" + done);
      long newest = newest(store, log);
      backwards += newest < seen ? 1 : 0;
      seen = newest;
    }
    return commits + " " + backwards;
  }

  // 1 where the version is ours, 0 where the other driver has it.
  private int commit(LogStore store, Path log, long version, String what) throws IOException {
    try {
      store.write(entry(log, version), List.of(what).iterator(), false, hadoop());
      return 1;
    } catch (FileAlreadyExistsException lost) {
      return 0;
    }
  }

  private long newest(LogStore store, Path log) throws IOException {
    long newest = -1;
    for (Iterator<FileStatus> all = store.listFrom(entry(log, 0), hadoop()); all.hasNext(); ) {
      String file = all.next().getPath().getName();
      if (file.matches("\\d+\\.json")) { // s3proxy lists what it is about to rename, too
        newest = Long.parseLong(file.replace(".json", ""));
      }
    }
    return newest;
  }

  private String append(String table, int commits) {
    for (int i = 0; i < commits; i++) {
      spark().range(10).write().format("delta").mode("append").save(table);
    }
    return Integer.toString(commits);
  }

  private static Path entry(Path log, long version) {
    return new Path(log, String.format("%020d.json", version));
  }

  private LogStore store(String type) throws ReflectiveOperationException {
    return (LogStore) Class.forName(type).getConstructor(Configuration.class).newInstance(hadoop());
  }

  private Configuration hadoop() {
    return hadoop(objects);
  }

  private SparkSession spark() {
    return SparkSessions.open("driver " + name, "local[1]", objects);
  }

  /** How Hadoop reaches a store, as Spark's own sessions do. */
  static Configuration hadoop(ObjectStoreSettings objects) {
    SparkConf conf = new SparkConf();
    SparkSessions.withS3(conf, objects);
    return SparkHadoopUtil.get().newConfiguration(conf);
  }
}
