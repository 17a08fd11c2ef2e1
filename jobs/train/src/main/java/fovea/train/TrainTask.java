package fovea.train;

import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.train.data.Sample;
import fovea.train.loop.Checkpoints;
import fovea.train.loop.Epoch;
import fovea.train.loop.TrainSettings;
import fovea.train.loop.Trained;
import fovea.train.loop.Training;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * The whole training in one task: it sees every small picture, in the order of their ids, and
 * leaves beside the network which image was in which part. Killed, it goes on from the last whole
 * epoch, wherever it is started again.
 *
 * @param epochs for the progress line: the last one that is done
 * @param start the network's first values; null: random ones
 */
record TrainTask(
    TrainSettings settings,
    ObjectStoreSettings objects,
    UUID run,
    LongAccumulator epochs,
    @Nullable Broadcast<float[]> start)
    implements FlatMapFunction<Iterator<Row>, Outcome> {

  @Override
  public Iterator<Outcome> call(Iterator<Row> rows) {
    Hand hand = Hand.of(rows);
    return List.of(outcome(hand.samples(), hand.rejected())).iterator();
  }

  private Outcome outcome(List<Sample> samples, Map<String, Long> rejected) {
    Map<String, Outcome.Counts> parts = Outcome.count(samples);
    if (!Outcome.enough(parts)) {
      return new Outcome(parts, rejected, null);
    }
    Consumer<Epoch> listener = epoch -> epochs.add(epoch.epoch() - epochs.value());
    Optional<float[]> first = Optional.ofNullable(start).map(Broadcast::value);
    try (ObjectStore store = ObjectStore.open(objects)) {
      Checkpoints checkpoints = new CheckpointFile(store, NetworkFiles.checkpoint(run));
      Trained trained =
          TaskDevice.on(() -> Training.run(samples, settings, first, listener, checkpoints));
      store.write(NetworkFiles.members(run), MembersFile.write(samples), "text/csv");
      return new Outcome(parts, rejected, trained);
    }
  }
}
