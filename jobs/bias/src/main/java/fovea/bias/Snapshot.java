package fovea.bias;

import fovea.contract.cohort.AgeBand;
import fovea.lake.FundusImages;
import fovea.runtime.JobContext;
import fovea.runtime.RegistryRows;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * One row an accepted retinal photograph: {@code image_id, patient_id, age_band, sex, ethnicity,
 * camera, laterality, label, dr_grade, quality_grade}, all text, {@code unknown} where not recorded
 * or not recognised; {@code consent} says where the patient stands on research. Who the patients
 * are comes from the registry, quality from the lake; no name and no age in years is read into the
 * lake.
 */
final class Snapshot {
  private static final String ACCEPTED =
      """
      SELECT i.id::text AS image_id, p.id::text AS patient_id, p.age, p.gender, p.ethnicity,
              i.camera, e.laterality, i.dr_grade::int AS dr_grade,
             c.research AS consent
       FROM fundus_images i
       JOIN eyes e ON e.id = i.eye_id
       JOIN patients p ON p.id = e.patient_id
       JOIN consents c ON c.patient_id = p.id
       WHERE i.status = 'accepted'
      """;

  private Snapshot() {}

  static Dataset<Row> read(JobContext context) {
    Dataset<Row> newest = quality(FundusImages.in(context.lake()).rows());
    Dataset<Row> joined =
        RegistryRows.read(context.spark(), context.registry().settings(), ACCEPTED)
            .join(newest, "image_id", "left");
    return joined.select(
        functions.col("image_id"),
        functions.col("patient_id"),
        known(functions.udf(new Band(), DataTypes.StringType).apply(functions.col("age")))
            .as("age_band"),
        known(functions.lower(functions.col("gender"))).as("sex"),
        known(functions.col("ethnicity")).as("ethnicity"),
        known(functions.col("camera")).as("camera"),
        known(functions.col("laterality")).as("laterality"),
        known(functions.col("dr_grade").geq(2).cast("int").cast("string")).as("label"),
        known(functions.col("dr_grade").cast("string")).as("dr_grade"),
        known(functions.col("quality_grade")).as("quality_grade"),
        functions.col("consent"));
  }

  // An image may have been processed with several parameters: the newest counts.
  private static Dataset<Row> quality(Dataset<Row> images) {
    Column order =
        functions
            .row_number()
            .over(
                Window.partitionBy("image_id")
                    .orderBy(
                        functions.col("processed_at").desc(),
                        functions.col("parameters_version").desc()));
    Column grade =
        functions
            .when(functions.col("status").equalTo("failed"), functions.lit("failed"))
            .otherwise(functions.col("quality_grade"));
    return images
        .select(functions.col("image_id"), grade.as("quality_grade"), order.as("order"))
        .where("order = 1")
        .drop("order");
  }

  private static Column known(Column text) {
    Column word = functions.trim(text);
    return functions
        .when(word.isNull().or(word.equalTo("")), functions.lit("unknown"))
        .otherwise(word);
  }

  /** Age in years to the label of its band; null for none. */
  static final class Band implements UDF1<@Nullable Integer, @Nullable String> {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable String call(@Nullable Integer years) {
      return years == null || years < 0 || years > 150 ? null : AgeBand.of(years).label();
    }
  }
}
