package fovea.train;

import static org.apache.spark.sql.functions.col;

import fovea.contract.consent.ConsentRule;
import fovea.contract.errors.CallerMistake;
import fovea.lake.FundusImages;
import fovea.lake.TrainingMembers;
import fovea.runtime.JobContext;
import fovea.train.network.NetworkHeader;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Graded pictures as a network describes them. The parts are those of the network's own training:
 * whoever it learnt from must not judge what is made of it.
 */
final class Embeddings {
  private static final String[] USING_ID = {"image_id"};

  private Embeddings() {}

  /**
   * Every graded image of the network's parts.
   *
   * @return {@code id, organization_id, patient_id, part, embedding, truth, label, grade}
   */
  static Dataset<Row> of(JobContext context, UUID network) {
    NetworkHeader header =
        NetworkFiles.readHeader(context.objects(), network)
            .orElseThrow(
                () ->
                    new CallerMistake(
                        "no-training-run",
                        "there is no network of a run " + network,
                        "./fovea models list shows them"));
    TrainingLineage.in(context).counts(network); // enters the members of an older run
    Dataset<Row> parts =
        TrainingMembers.in(context.lake())
            .rows()
            .where(col("training_run").equalTo(network.toString()))
            .select("image_id", "part");
    Dataset<Row> usable =
        TrainingSet.usable(FundusImages.in(context.lake()).rows(), header.parametersVersion());
    Dataset<Row> labelled =
        TrainingSet.labelled(
                usable,
                Labels.read(
                    context.spark(),
                    context.registry().settings(),
                    ConsentRule.of(context.values())))
            .where(col("patient_id").isNotNull())
            .join(parts, USING_ID)
            .join(usable.select("image_id", "organization_id"), USING_ID);
    Dataset<Row> embedded =
        usable
            .join(parts.select("image_id"), USING_ID)
            .select("image_id", "pixels")
            .mapPartitions(
                new EmbedTask(network, header, context.objectSettings()),
                Encoders.row(EmbedTask.OUTPUT));
    return labelled
        .join(embedded, USING_ID)
        .withColumnRenamed("image_id", "id")
        .withColumn("truth", col("label").cast("double"))
        .select(
            "id", "organization_id", "patient_id", "part", "embedding", "truth", "label", "grade");
  }
}
