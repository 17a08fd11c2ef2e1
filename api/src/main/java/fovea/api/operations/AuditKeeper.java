package fovea.api.operations;

import fovea.registry.AuditArchives;
import fovea.registry.AuditRetention;
import fovea.registry.RegistrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves old audit rows to the object store, once a day. */
public final class AuditKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditKeeper.class);
  private static final long FIRST_MINUTES = 5;

  private final ScheduledExecutorService daily =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "audit-keeper"));

  private AuditKeeper() {}

  /**
   * @param owner the login that owns the tables: no other may delete audit rows
   */
  public static AuditKeeper start(RegistrySettings owner, AuditArchives archives, Duration keep) {
    AuditKeeper keeper = new AuditKeeper();
    keeper.daily.scheduleWithFixedDelay(
        () -> archive(owner, archives, keep),
        FIRST_MINUTES,
        Duration.ofDays(1).toMinutes(),
        TimeUnit.MINUTES);
    return keeper;
  }

  private static void archive(RegistrySettings owner, AuditArchives archives, Duration keep) {
    try {
      long rows = AuditRetention.archive(owner, Instant.now().minus(keep), archives);
      LOG.info("audit rows moved to the object store: {}", rows);
    } catch (RuntimeException failed) {
      // Tomorrow is another day: rows that were not moved are still there.
      LOG.error("audit rows could not be archived", failed);
    }
  }

  @Override
  public void close() {
    daily.shutdownNow();
  }
}
