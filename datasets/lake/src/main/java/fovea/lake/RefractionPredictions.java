package fovea.lake;

import java.util.List;

/** What a linear model says of a refractive measurement. */
public final class RefractionPredictions extends LakeTable {
  private static final String COLUMNS =
      """
      training_run STRING NOT NULL,
      measurement_id STRING NOT NULL,
      organization_id STRING NOT NULL,
      patient_id STRING NOT NULL COMMENT 'pseudonym',
      split STRING NOT NULL COMMENT 'train | validation | test',
      truth DOUBLE NOT NULL COMMENT '1 or 0 of a diagnosis, dioptres of an equivalent',
      predicted DOUBLE NOT NULL COMMENT 'probability or dioptres',
      prediction INT COMMENT '1 or 0 at the threshold; null of an equivalent',
      predicted_at TIMESTAMP NOT NULL,
      run STRING NOT NULL
      """;

  private RefractionPredictions(Lake lake) {
    super(
        lake,
        "refraction_predictions",
        COLUMNS,
        List.of("training_run", "measurement_id"),
        Layout.clusteredBy("organization_id", "predicted_at"));
  }

  /** The table in a lake. */
  public static RefractionPredictions in(Lake lake) {
    return new RefractionPredictions(lake);
  }
}
