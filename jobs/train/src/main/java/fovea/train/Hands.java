package fovea.train;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;

import fovea.train.data.Part;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Deals the training part to trainers, one partition each; one more partition holds what is held
 * out. They stay where they lie from round to round; a lost one is dealt again from the table.
 */
final class Hands {
  private Hands() {}

  /** Adds {@code shard}: within each part, in the order of ids, the trainers in turn. */
  static Dataset<Row> sharded(Dataset<Row> split, int trainers) {
    var line = Window.partitionBy("part").orderBy("image_id");
    return split.withColumn("shard", pmod(row_number().over(line).minus(1), lit(trainers)));
  }

  /**
   * Deals.
   *
   * @param shrunk what {@link ShrinkTask} made of the sharded rows
   * @return {@code trainers + 1} partitions of one hand each
   */
  static JavaRDD<Hand> deal(Dataset<Row> shrunk, int trainers) {
    return shrunk
        .toJavaRDD()
        .mapToPair(row -> new Tuple2<>(seat(row, trainers), row))
        .partitionBy(new Seats(trainers + 1))
        .values()
        .mapPartitions(rows -> List.of(Hand.of(rows)).iterator(), true)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static int seat(Row row, int trainers) {
    boolean learns = row.getAs(ShrinkTask.at("part")).equals(Part.TRAIN.word());
    return learns ? row.<Integer>getAs(ShrinkTask.at("shard")) : trainers;
  }
}
