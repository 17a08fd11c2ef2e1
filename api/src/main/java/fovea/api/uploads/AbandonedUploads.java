package fovea.api.uploads;

import fovea.objects.ObjectStore;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Arrivals;
import fovea.registry.Role;
import fovea.registry.Upload;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads that were asked for and never completed: parts and content are removed from the store,
 * and the upload is marked. Several processes may do it at once.
 */
public final class AbandonedUploads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AbandonedUploads.class);
  private static final UUID PLATFORM = new UUID(0, 0);

  /** A transaction holds the rows of a batch while the store is asked. */
  private static final int BATCH = 20;

  private final ApiRegistry registry;
  private final ObjectStore objects;
  private final Duration age;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "abandoned-uploads");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param age since the last URL was given out; longer than a URL works
   */
  public AbandonedUploads(ApiRegistry registry, ObjectStore objects, Duration age) {
    this.registry = registry;
    this.objects = objects;
    this.age = age;
  }

  /** Looks for them every ten minutes from now on. */
  public void watch() {
    timer.scheduleWithFixedDelay(this::look, 1, 10, TimeUnit.MINUTES);
  }

  /** Removes them now; how many. */
  public int clear() {
    int cleared = 0;
    for (UUID organization : registry.organizations()) {
      Actor platform = new Actor(PLATFORM, organization, Role.ADMIN);
      for (Arrivals.Table table : Arrivals.Table.values()) {
        cleared += clear(platform, table);
      }
    }
    return cleared;
  }

  private int clear(Actor platform, Arrivals.Table table) {
    int cleared = 0;
    int batch;
    do {
      batch =
          registry.inOrganization(
              platform, stores -> stores.arrivals(table).abandon(age, BATCH, this::remove));
      cleared += batch;
    } while (batch == BATCH);
    return cleared;
  }

  private void remove(Upload upload) {
    if (upload.multipart() != null) {
      objects.multipart().giveUp(upload.key(), upload.multipart());
    }
    objects.delete(upload.key());
  }

  // What fails is tried again at the next look.
  private void look() {
    try {
      int cleared = clear();
      if (cleared > 0) {
        LOG.info("{} abandoned uploads removed", cleared);
      }
    } catch (RuntimeException failed) {
      LOG.warn("abandoned uploads stay for now: {}", String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
