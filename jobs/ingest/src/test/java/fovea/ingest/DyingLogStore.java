package fovea.ingest;

import io.delta.storage.LocalLogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The log store of local folders, on which a driver dies just before it writes a log entry. */
public final class DyingLogStore extends LocalLogStore {
  static final String SETTING = "spark.delta.logStore.file.impl";
  private static final AtomicBoolean DIES = new AtomicBoolean();

  /** Delta makes one by reflection. */
  public DyingLogStore(Configuration configuration) {
    super(configuration);
  }

  /** The next entry of captures is not written, as if the driver had been killed before it. */
  static void dieAtNextEntry() {
    DIES.set(true);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    boolean isEntry = path.toString().contains("/captures/_delta_log/0");
    if (isEntry && path.getName().endsWith(".json") && DIES.getAndSet(false)) {
      throw new IOException("the driver dies here");
    }
    super.write(path, actions, overwrite, configuration);
  }
}
