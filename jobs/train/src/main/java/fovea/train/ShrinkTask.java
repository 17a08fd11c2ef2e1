package fovea.train;

import fovea.train.data.Picture;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** One encoded image to the network's size, or the reason why not. */
record ShrinkTask(int edge) implements MapFunction<Row, Row> {
  /** What it takes. */
  static final String[] INPUT = {
    "image_id", "patient_id", "part", "grade", "sex", "age_band", "shard", "pixels"
  };

  /** What it gives: {@code rgb} or {@code reason}, the other is null. */
  static final StructType OUTPUT =
      StructType.fromDDL(
          "image_id STRING, patient_id STRING, part STRING, grade INT, sex STRING, age_band STRING,"
              + " shard INT, rgb BINARY, reason STRING");

  /** Where a column of the output is: rows that skip the encoder know no names. */
  static int at(String column) {
    return OUTPUT.fieldIndex(column);
  }

  @Override
  public Row call(Row row) {
    Picture picture = Picture.of(row.getAs("pixels"), edge);
    boolean readable = picture instanceof Picture.Readable;
    return RowFactory.create(
        row.getAs("image_id"),
        row.getAs("patient_id"),
        row.getAs("part"),
        row.getAs("grade"),
        row.getAs("sex"),
        row.getAs("age_band"),
        row.getAs("shard"),
        readable ? ((Picture.Readable) picture).rgb() : null,
        readable ? null : ((Picture.Unreadable) picture).reason().code());
  }
}
