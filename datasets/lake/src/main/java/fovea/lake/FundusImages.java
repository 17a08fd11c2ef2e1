package fovea.lake;

import java.util.List;

/** Normalised retinal photographs, one row an image and parameter version. */
public final class FundusImages extends LakeTable {
  // Delta keeps statistics of the first 32 columns, and clusters by none without.
  private static final String COLUMNS =
      """
      image_id STRING NOT NULL,
      organization_id STRING NOT NULL,
      eye_id STRING,
      patient_id STRING COMMENT 'pseudonym',
      laterality STRING,
      camera STRING,
      capture_sha256 STRING,
      parameters_version STRING NOT NULL,
      parameters STRING COMMENT 'JSON',
      status STRING NOT NULL COMMENT 'processed | failed',
      reason_code STRING,
      reason STRING,
      processed_at TIMESTAMP NOT NULL,
      run STRING NOT NULL,
      size INT COMMENT 'edge of the square result in pixels',
      pixels BINARY COMMENT 'PNG, size x size, sRGB',
      quality_grade STRING COMMENT 'good | usable | reject',
      quality_score DOUBLE COMMENT '0 to 1',
      focus DOUBLE,
      illumination DOUBLE,
      contrast DOUBLE,
      field DOUBLE,
      artefact DOUBLE COMMENT '1 where nothing covers the retina',
      disc_x DOUBLE COMMENT 'share of the edge of pixels, from the left',
      disc_y DOUBLE COMMENT 'from the top',
      disc_radius DOUBLE,
      disc_reason STRING COMMENT 'why there is none',
      fovea_x DOUBLE,
      fovea_y DOUBLE,
      fovea_reason STRING,
      laterality_found STRING COMMENT 'left | right, by the side of the disc',
      laterality_agrees BOOLEAN COMMENT 'with laterality; null where either is unknown',
      laterality_reason STRING,
      vessel_density DOUBLE COMMENT 'share of the field that vessels cover',
      vessel_density_reason STRING,
      cup_to_disc DOUBLE COMMENT 'vertical',
      cup_to_disc_reason STRING
      """;

  private FundusImages(Lake lake) {
    super(
        lake,
        "fundus_images",
        COLUMNS,
        List.of("image_id", "parameters_version"),
        Layout.clusteredBy("organization_id", "processed_at").withImages("pixels"));
  }

  /** The table in a lake. */
  public static FundusImages in(Lake lake) {
    return new FundusImages(lake);
  }
}
