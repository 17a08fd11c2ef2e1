package fovea.maintain;

import static org.apache.spark.sql.functions.col;

import fovea.contract.capture.ObjectKey;
import fovea.lake.TrainingRuns;
import fovea.objects.ObjectStore.StoredObject;
import fovea.runtime.JobContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What trainings leave beside their networks to go on from, where nobody will: the run has ended
 * (it was stopped between its last row and its clean-up), or has not been touched for long. A
 * training that goes on without its checkpoint begins again, and ends at the same weights.
 *
 * @param objects removed
 */
record StaleCheckpoints(long objects, long bytes) {

  /**
   * Removes them.
   *
   * @param hours that the checkpoint of a run without a row is kept since it was last written
   */
  static StaleCheckpoints remove(JobContext context, int hours) {
    Instant oldest = Instant.now().minus(hours, ChronoUnit.HOURS);
    long objects = 0;
    long bytes = 0;
    try (Stream<StoredObject> networks = context.objects().list(ObjectKey.NETWORKS)) {
      for (Iterator<StoredObject> each = networks.iterator(); each.hasNext(); ) {
        StoredObject object = each.next();
        Optional<UUID> run = ObjectKey.parseNetworkCheckpoint(object.key().path());
        if (run.isPresent()
            && (object.modified().isBefore(oldest) || hasEnded(context, run.get()))) {
          context.objects().delete(object.key());
          objects++;
          bytes += object.bytes();
        }
      }
    }
    return new StaleCheckpoints(objects, bytes);
  }

  private static boolean hasEnded(JobContext context, UUID run) {
    return !TrainingRuns.in(context.lake())
        .rows()
        .where(col("training_run").equalTo(run.toString()))
        .isEmpty();
  }
}
