package fovea.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import fovea.contract.refraction.RefractiveError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** The registry's refractive measurements with their power vectors. */
final class RefractionSnapshot {
  private static final String MEASUREMENTS =
      """
      SELECT r.id, r.id::text AS measurement_id, r.organization_id::text AS organization_id,
        r.eye_id::text AS eye_id, e.patient_id::text AS patient_id,
        e.laterality::text AS laterality, r.sphere, r.cylinder, r.axis, r.axial_length,
        r.intraocular_pressure, r.diagnosis::text AS diagnosis, r.created_at AS measured_at
      FROM refractive_measurements r JOIN eyes e ON e.id = r.eye_id
      """;

  private RefractionSnapshot() {}

  static Dataset<Row> of(Registry registry, String run) {
    return vectors(registry.rows(MEASUREMENTS)).withColumn("run", lit(run));
  }

  /** Adds {@code spherical_equivalent}, {@code j0} and {@code j45}, in dioptres. */
  static Dataset<Row> vectors(Dataset<Row> measurements) {
    return measurements
        .withColumn("spherical_equivalent", of(RefractiveError::sphericalEquivalent))
        .withColumn("j0", of(RefractiveError::j0))
        .withColumn("j45", of(RefractiveError::j45));
  }

  private static org.apache.spark.sql.Column of(Part part) {
    UDF3<Double, Double, Double, Double> value =
        (sphere, cylinder, axis) -> part.of(new RefractiveError(sphere, cylinder, axis));
    UserDefinedFunction function = udf(value, DataTypes.DoubleType);
    return function.apply(col("sphere"), col("cylinder"), col("axis"));
  }

  private interface Part extends java.io.Serializable {
    double of(RefractiveError error);
  }
}
