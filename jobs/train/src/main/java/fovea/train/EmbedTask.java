package fovea.train;

import fovea.objects.ObjectStoreSettings;
import fovea.train.data.Picture;
import fovea.train.network.NetworkHeader;
import fovea.train.network.Predictor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Embeds the pictures of one partition with a network; those that cannot be read are left out. */
record EmbedTask(UUID run, NetworkHeader header, ObjectStoreSettings objects)
    implements MapPartitionsFunction<Row, Row> {
  /** What it gives. */
  static final StructType OUTPUT = StructType.fromDDL("image_id STRING, embedding ARRAY<DOUBLE>");

  private static final int BATCH = 32;

  /**
   * Embeds.
   *
   * @param rows {@code image_id, pixels}
   */
  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    Predictor predictor = PredictTask.predictor(run, header, objects);
    return Batched.of(rows, BATCH).flatMap(some -> embedded(some, predictor)).iterator();
  }

  private Stream<Row> embedded(List<Row> rows, Predictor predictor) {
    List<String> ids = new ArrayList<>();
    List<byte[]> pictures = new ArrayList<>();
    for (Row row : rows) {
      byte[] pixels = row.getAs("pixels");
      if (Picture.of(pixels, header.imageSize()) instanceof Picture.Readable readable) {
        ids.add(row.getAs("image_id"));
        pictures.add(readable.rgb());
      }
    }
    if (ids.isEmpty()) {
      return Stream.of();
    }
    float[][] found = predictor.embeddings(pictures);
    List<Row> answers = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      answers.add(RowFactory.create(ids.get(i), boxed(found[i])));
    }
    return answers.stream();
  }

  private static Double[] boxed(float[] values) {
    Double[] boxed = new Double[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = (double) values[i];
    }
    return boxed;
  }
}
