package fovea.lake;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The Delta tables under one root.
 *
 * @param root URI without trailing slash: {@code s3a://bucket/lake} or {@code file:/data/lake}
 */
public record Lake(SparkSession spark, String root) {

  /** Normalises the root: Delta takes file:///a and file:/a for two places. */
  public Lake {
    root = root.replaceFirst("^file:/+", "file:/");
  }

  /** Every table, in the order data flows through them. */
  public List<LakeTable> tables() {
    return List.of(
        Captures.in(this),
        FundusImages.in(this),
        Refractions.in(this),
        TrainingRuns.in(this),
        TrainingMembers.in(this),
        Predictions.in(this),
        RefractionPredictions.in(this),
        Evaluations.in(this),
        BiasFindings.in(this),
        Reconstructions.in(this));
  }

  /**
   * Creates what is missing. Must run before anyone writes: two creators of one table fail each
   * other with a ProtocolChangedException.
   */
  public Lake createTables() {
    tables().forEach(LakeTable::create);
    return this;
  }

  /** Makes every table a temporary view of its own name, for {@code fovea sql}. */
  public Lake registerViews() {
    tables().forEach(t -> t.rows().createOrReplaceTempView(t.name()));
    return this;
  }

  String path(String table) {
    return root + "/" + table;
  }
}
