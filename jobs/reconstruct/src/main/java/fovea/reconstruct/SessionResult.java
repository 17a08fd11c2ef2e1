package fovea.reconstruct;

import fovea.contract.capture.ObjectKey;
import fovea.contract.model.ModelArtifact;
import fovea.contract.model.ModelFormat;
import fovea.registry.SessionLeases.Ended;
import fovea.registry.SessionLeases.Lease;
import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What became of one try of a session: a row of {@code reconstructions} and what the registry is
 * told.
 *
 * @param code why there is no model, empty where there is one
 * @param reason one sentence, empty where there is a model
 * @param model null where there is none
 */
record SessionResult(
    Lease lease,
    String organization,
    End end,
    String code,
    String reason,
    @Nullable Model model,
    Timestamp finished)
    implements Serializable {

  /** How a try ends. */
  enum End {
    /** There is a model. */
    COMPLETED,
    /** There will be none, however often it is tried. */
    FAILED,
    /** A person wanted it. */
    CANCELLED,
    /** This time not; another try may. */
    BROKEN;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

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
   * @param files in every format, the PLY first
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
      List<ModelFile> files)
      implements Serializable {}

  /** One file of a model. */
  record ModelFile(ModelFormat format, String key, long bytes, String sha256)
      implements Serializable {
    ModelArtifact artifact() {
      return new ModelArtifact(new ObjectKey(key), format, bytes, sha256);
    }
  }

  static SessionResult completed(Lease lease, String organization, Model model) {
    return new SessionResult(lease, organization, End.COMPLETED, "", "", model, now());
  }

  static SessionResult without(
      Lease lease, String organization, End end, String code, String reason) {
    return new SessionResult(lease, organization, end, code, reason, null, now());
  }

  private static Timestamp now() {
    return Timestamp.from(Instant.now());
  }

  Row row(String run) {
    Model m = model;
    if (m == null) {
      return without(
          lease.session().toString(), lease.version(), organization, end.word(), reason, run);
    }
    ModelFile first = m.files().get(0);
    return RowFactory.create(
        lease.session().toString(),
        lease.version(),
        organization,
        end.word(),
        null,
        m.photos(),
        m.registered(),
        m.gaussians(),
        m.iterations(),
        m.psnr(),
        m.ssim(),
        m.reprojectionError(),
        m.seconds(),
        first.key(),
        first.sha256(),
        first.bytes(),
        finished,
        run);
  }

  /** The row of a session that ended because nobody may try it again. */
  static Row row(Ended ended, String run) {
    return without(
        ended.session().toString(),
        ended.attempts(),
        ended.organization().toString(),
        ended.status(),
        ended.reason(),
        run);
  }

  private static Row without(
      String session, int version, String organization, String status, String reason, String run) {
    return RowFactory.create(
        session,
        version,
        organization,
        status,
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
        now(),
        run);
  }
}
