package fovea.train;

import fovea.train.loop.Basis;
import fovea.train.loop.Jury;
import fovea.train.loop.Order;
import fovea.train.loop.Reading;
import fovea.train.loop.Round;
import fovea.train.loop.Shard;
import fovea.train.loop.Verdicts;
import fovea.train.loop.Workers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Trainers as tasks, each where its hand lies. A round ships the state to them and the pieces of
 * theirs among them; the driver holds one state, never any picture. A task that is done again, on
 * whatever executor, makes the same numbers.
 */
final class SparkWorkers implements Workers {
  private final JavaSparkContext spark;
  private final Basis basis;
  private final JavaRDD<Hand> hands;
  private final int trainers;

  SparkWorkers(SparkSession spark, Basis basis, JavaRDD<Hand> hands) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.basis = basis;
    this.hands = hands;
    this.trainers = basis.settings().scale().trainers();
  }

  @Override
  public Round round(Order order) {
    Broadcast<Order> sent = spark.broadcast(order);
    JavaPairRDD<Integer, Piece> pieces =
        hands
            .mapPartitionsWithIndex(new StintTask(basis, trainers, sent), true)
            .mapToPair(piece -> piece)
            .groupByKey(new HashPartitioner(trainers))
            .mapValues(Piece::together);
    try {
      return joined(order, new ArrayList<>(pieces.collect()));
    } finally {
      // Now: the collector of the driver may not come by for half an hour.
      pieces.rdd().cleanShuffleDependencies(false);
      sent.destroy();
    }
  }

  private Round joined(Order order, List<Tuple2<Integer, Piece>> pieces) {
    pieces.sort(Comparator.comparing(Tuple2::_1));
    Piece report = pieces.get(0)._2();
    List<float[]> numbers = pieces.stream().skip(1).map(p -> p._2().numbers()).toList();
    return Round.of(order, trainers, report.tally(), report.moves(), numbers);
  }

  @Override
  public Reading read(float[] values) {
    return asked(values, (Question<Reading>) Jury::read);
  }

  @Override
  public Verdicts judge(float[] values) {
    return asked(values, (Question<Verdicts>) Jury::judge);
  }

  private <T> T asked(float[] values, Question<T> question) {
    Broadcast<float[]> sent = spark.broadcast(values);
    try {
      return hands
          .mapPartitionsWithIndex(new JuryTask<>(basis, trainers, sent, question), true)
          .collect()
          .get(0);
    } finally {
      sent.destroy();
    }
  }

  /** A trainer's steps. */
  private record StintTask(Basis basis, int trainers, Broadcast<Order> order)
      implements Function2<Integer, Iterator<Hand>, Iterator<Tuple2<Integer, Piece>>> {
    @Override
    public Iterator<Tuple2<Integer, Piece>> call(Integer number, Iterator<Hand> hand) {
      if (number == trainers) { // what is held out
        return Collections.emptyIterator();
      }
      Shard shard = new Shard(hand.next().samples(), number, trainers);
      return Piece.of(TaskDevice.on(() -> order.value().on(basis, shard))).iterator();
    }
  }

  /** A question about a network. */
  private interface Question<T> extends Serializable {
    T of(Jury jury, float[] values);
  }

  /** Asks it where the held-out parts lie. */
  private record JuryTask<T>(
      Basis basis, int trainers, Broadcast<float[]> values, Question<T> question)
      implements Function2<Integer, Iterator<Hand>, Iterator<T>> {
    @Override
    public Iterator<T> call(Integer number, Iterator<Hand> hand) {
      if (number != trainers) {
        return Collections.emptyIterator();
      }
      Jury jury = Jury.of(basis, hand.next().samples());
      return List.of(TaskDevice.on(() -> question.of(jury, values.value()))).iterator();
    }
  }
}
