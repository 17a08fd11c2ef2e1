package fovea.train;

import fovea.contract.errors.CallerMistake;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.runtime.JobContext;
import fovea.train.data.Sample;
import fovea.train.loop.Basis;
import fovea.train.loop.Census;
import fovea.train.loop.Checkpoints;
import fovea.train.loop.Epoch;
import fovea.train.loop.TrainSettings;
import fovea.train.loop.Trained;
import fovea.train.loop.Training;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * A training by many trainers. The driver leads it and keeps its checkpoint: killed, it goes on
 * from the last whole epoch; an executor that is lost costs the round it was in.
 *
 * @param hands see {@link Hands#deal}
 */
record TogetherTraining(
    JobContext context,
    TrainSettings settings,
    UUID run,
    Optional<Start> start,
    JavaRDD<Hand> hands) {

  Outcome outcome() {
    List<Hand.Muster> musters = hands.map(Hand::muster).collect();
    Map<String, Outcome.Counts> parts = parts(musters);
    Map<String, Long> rejected = rejected(musters);
    if (!Outcome.enough(parts)) {
      return new Outcome(parts, rejected, null);
    }
    Basis basis = Basis.of(settings, censuses(musters));
    SparkWorkers workers = new SparkWorkers(context.spark(), basis, hands);
    Consumer<Epoch> listener =
        epoch -> context.progress().report("training epochs", epoch.epoch(), settings.epochs());
    Checkpoints checkpoints = new CheckpointFile(context.objects(), NetworkFiles.checkpoint(run));
    Trained trained =
        Training.run(basis, workers, start.map(s -> s.weights().values()), listener, checkpoints);
    writeMembers();
    return new Outcome(parts, rejected, trained);
  }

  private List<Census> censuses(List<Hand.Muster> musters) {
    int trainers = settings.scale().trainers();
    List<Census> censuses = musters.subList(0, trainers).stream().map(Hand.Muster::census).toList();
    if (censuses.stream().anyMatch(census -> census.samples() == 0)) {
      throw new CallerMistake(
          "too-many-trainers",
          "there are not enough images for " + trainers + " trainers",
          "Give fewer --trainers");
    }
    return censuses;
  }

  private static Map<String, Outcome.Counts> parts(List<Hand.Muster> musters) {
    Map<String, Outcome.Counts> all = new LinkedHashMap<>();
    musters.forEach(
        muster -> muster.parts().forEach((k, v) -> all.merge(k, v, Outcome.Counts::plus)));
    return all;
  }

  private static Map<String, Long> rejected(List<Hand.Muster> musters) {
    Map<String, Long> all = new TreeMap<>();
    musters.forEach(muster -> muster.rejected().forEach((k, v) -> all.merge(k, v, Long::sum)));
    return all;
  }

  // By one task: the driver sees no list of images.
  private void writeMembers() {
    hands.flatMap(Hand::names).repartition(1).mapPartitions(members()).count();
  }

  private FlatMapFunction<Iterator<Sample>, Integer> members() {
    ObjectStoreSettings objects = context.objectSettings();
    UUID id = run;
    return names -> {
      List<Sample> samples = new ArrayList<>();
      names.forEachRemaining(samples::add);
      samples.sort(Comparator.comparing(Sample::id));
      try (ObjectStore store = ObjectStore.open(objects)) {
        store.write(NetworkFiles.members(id), MembersFile.write(samples), "text/csv");
      }
      return List.of(samples.size()).iterator();
    };
  }
}
