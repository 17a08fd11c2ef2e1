package fovea.ingest;

import fovea.lake.ConditionalLogStore;
import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The log store of S3, at which a driver stops before or after each entry of captures. It says so
 * and waits: to be told to go on, or to be killed.
 */
public final class StoppingLogStore extends HadoopFileSystemLogStore {
  static final String SETTING = "spark.delta.logStore.s3a.impl";

  /** {@code before} or {@code after}. */
  static final String STOPS = "fovea.test.stops";

  private final ConditionalLogStore log;

  /** Delta makes one by reflection. */
  public StoppingLogStore(Configuration configuration) {
    super(configuration);
    log = new ConditionalLogStore(configuration);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    stop("before", path);
    log.write(path, actions, overwrite, configuration);
    stop("after", path);
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return log.isPartialWriteVisible(path, configuration);
  }

  private static void stop(String point, Path path) throws IOException {
    boolean isEntry = path.toString().matches(".*/captures/_delta_log/\\d+\\.json");
    if (!isEntry || !point.equals(System.getProperty(STOPS))) {
      return;
    }
    System.out.println("= " + point + " " + path.getName());
    if (System.in.read() < 0) { // whoever would tell it is gone
      Runtime.getRuntime().halt(1);
    }
  }
}
