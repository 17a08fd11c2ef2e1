package fovea.train;

import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.tune.Attempt;
import fovea.train.tune.Trial;
import fovea.train.tune.Tried;
import fovea.train.tune.TuneSettings;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Trials as partitions: every image is shrunk once a size and goes to all trials of that size. */
final class Trials {
  private Trials() {}

  /**
   * Runs all.
   *
   * @param folded training and validation part with {@code shard}, the fold
   */
  static List<Tried> run(Dataset<Row> usable, Dataset<Row> folded, TuneSettings settings) {
    List<Trial> trials = settings.trials();
    Map<Integer, List<Integer>> bySize =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.settings().imageSize(),
                    java.util.TreeMap::new,
                    Collectors.mapping(Trial::number, Collectors.toList())));
    return bySize.entrySet().stream()
        .map(e -> copies(TrainJob.small(usable, folded, e.getKey()), e.getValue()))
        .reduce(JavaPairRDD::union)
        .orElseThrow()
        .partitionBy(new Seats(trials.size()))
        .values()
        .mapPartitionsWithIndex(new TrialTask(List.copyOf(trials), settings.folds()), true)
        .collect()
        .stream()
        .sorted(Comparator.comparingInt(Tried::number))
        .toList();
  }

  private static JavaPairRDD<Integer, Row> copies(Dataset<Row> small, List<Integer> trials) {
    List<Integer> numbers = List.copyOf(trials);
    return small
        .toJavaRDD()
        .flatMapToPair(row -> numbers.stream().map(n -> new Tuple2<>(n, row)).iterator());
  }

  /** One trainer, with one configuration. */
  private record TrialTask(List<Trial> trials, int folds)
      implements Function2<Integer, Iterator<Row>, Iterator<Tried>> {
    @Override
    public Iterator<Tried> call(Integer number, Iterator<Row> rows) {
      Trial trial = trials.get(number);
      List<Sample> samples = folds == 1 ? Hand.of(rows).samples() : turned(trial, rows);
      return List.of(TaskDevice.on(() -> Attempt.at(trial, samples))).iterator();
    }

    private static List<Sample> turned(Trial trial, Iterator<Row> rows) {
      return Hand.of(
              rows,
              row ->
                  row.<Integer>getAs(ShrinkTask.at("shard")) == trial.fold()
                      ? Part.VALIDATION
                      : Part.TRAIN)
          .samples();
    }
  }
}
