package fovea.lake;

import java.util.List;

/** Photo sessions turned into 3D models, or why not. */
public final class Reconstructions extends LakeTable {
  private static final String COLUMNS =
      """
      session_id STRING NOT NULL,
      version INT NOT NULL,
      organization_id STRING NOT NULL,
      status STRING NOT NULL COMMENT 'completed | failed | cancelled',
      reason STRING,
      photos INT,
      registered INT,
      gaussians INT,
      iterations INT,
      psnr DOUBLE COMMENT 'dB on held-out views',
      ssim DOUBLE,
      reprojection_error_pixels DOUBLE,
      seconds DOUBLE,
      object_key STRING,
      sha256 STRING,
      bytes LONG,
      finished_at TIMESTAMP NOT NULL,
      run STRING NOT NULL
      """;

  private Reconstructions(Lake lake) {
    super(
        lake,
        "reconstructions",
        COLUMNS,
        List.of("session_id", "version"),
        Layout.clusteredBy("organization_id", "finished_at"));
  }

  /** The table in a lake. */
  public static Reconstructions in(Lake lake) {
    return new Reconstructions(lake);
  }
}
