package fovea.train;

import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.train.data.Objective;
import fovea.train.data.Picture;
import fovea.train.network.Network;
import fovea.train.network.NetworkHeader;
import fovea.train.network.Networks;
import fovea.train.network.Predictor;
import fovea.train.network.Torch;
import fovea.train.network.Views;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Scores the images of one partition with a network of its own. */
record PredictTask(UUID run, NetworkHeader header, ObjectStoreSettings objects, int batch)
    implements MapPartitionsFunction<Row, Row> {
  /** What it takes. */
  static final String[] INPUT = {
    "image_id", "organization_id", "patient_id", "split", "label", "pixels"
  };

  /** What it gives: {@code prediction} and {@code score}, or {@code reason}. */
  static final StructType OUTPUT =
      StructType.fromDDL(
          "image_id STRING, organization_id STRING, patient_id STRING, split STRING, label INT,"
              + " prediction INT, score DOUBLE, reason STRING");

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    Predictor predictor = predictor(run, header, objects);
    return Batched.of(rows, batch).flatMap(some -> score(some, predictor)).iterator();
  }

  /**
   * The network of a run, until the task ends. Each task has one core: more threads an operation
   * would only fight the neighbours.
   */
  static Predictor predictor(UUID run, NetworkHeader header, ObjectStoreSettings objects) {
    Torch.forPrediction(1);
    Objective objective = Objective.of(header.objective());
    try (ObjectStore store = ObjectStore.open(objects)) {
      Network network =
          Network.trained(
              Networks.byName(header.architecture()),
              header.imageSize(),
              objective.outputs(),
              NetworkFiles.readWeights(store, run, header));
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> network.close());
      return new Predictor(network, header.normalisation(), objective, Views.of(header.views()));
    }
  }

  private Stream<Row> score(List<Row> rows, Predictor predictor) {
    List<Picture> pictures =
        rows.stream().map(r -> Picture.of(r.getAs("pixels"), header.imageSize())).toList();
    List<byte[]> readable =
        pictures.stream()
            .filter(Picture.Readable.class::isInstance)
            .map(p -> ((Picture.Readable) p).rgb())
            .toList();
    float[] scores = readable.isEmpty() ? new float[0] : predictor.scores(readable);
    List<Row> answers = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (pictures.get(i) instanceof Picture.Unreadable unreadable) {
        answers.add(answer(rows.get(i), null, null, unreadable.reason().code()));
      } else {
        double score = scores[next++];
        answers.add(answer(rows.get(i), score >= header.threshold() ? 1 : 0, score, null));
      }
    }
    return answers.stream();
  }

  private static Row answer(
      Row row, @Nullable Integer prediction, @Nullable Double score, @Nullable String reason) {
    return RowFactory.create(
        row.getAs("image_id"),
        row.getAs("organization_id"),
        row.getAs("patient_id"),
        row.getAs("split"),
        row.getAs("label"),
        prediction,
        score,
        reason);
  }
}
