package fovea.reconstruct;

import java.io.Serializable;
import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What became of one session: a row of {@code reconstructions} and what the registry is told.
 *
 * @param code why it failed, empty where it did not
 * @param reason one sentence, empty where it did not fail
 * @param model null where it failed
 */
record SessionResult(
    String session,
    String organization,
    int version,
    String code,
    String reason,
    @Nullable Model model,
    Timestamp finished)
    implements Serializable {

  /** The columns of {@link #row}. */
  static final StructType SCHEMA =
      StructType.fromDDL(
          "session_id STRING, version INT, organization_id STRING, status STRING, reason STRING,"
              + " photos INT, registered INT, gaussians INT, iterations INT, psnr DOUBLE,"
              + " ssim DOUBLE, reprojection_error_pixels DOUBLE, seconds DOUBLE,"
              + " object_key STRING, sha256 STRING, bytes LONG, finished_at TIMESTAMP, run STRING");

  /**
   * A model in the object store.
   *
   * @param reprojectionError pixels; null where unknown
   */
  record Model(
      int photos,
      int registered,
      int gaussians,
      int iterations,
      double psnr,
      double ssim,
      @Nullable Double reprojectionError,
      double seconds,
      String key,
      String sha256,
      long bytes)
      implements Serializable {}

  boolean failed() {
    return model == null;
  }

  Row row(String run) {
    Model m = model;
    if (m == null) {
      return RowFactory.create(
          session,
          version,
          organization,
          "failed",
          reason,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          finished,
          run);
    }
    return RowFactory.create(
        session,
        version,
        organization,
        "completed",
        null,
        m.photos(),
        m.registered(),
        m.gaussians(),
        m.iterations(),
        m.psnr(),
        m.ssim(),
        m.reprojectionError(),
        m.seconds(),
        m.key(),
        m.sha256(),
        m.bytes(),
        finished,
        run);
  }

  static List<Row> rows(List<SessionResult> results, String run) {
    return results.stream().map(r -> r.row(run)).toList();
  }
}
