package fovea.lake;

import java.util.List;

/** What a trained network says of an image. */
public final class Predictions extends LakeTable {
  private static final String COLUMNS =
      """
      training_run STRING NOT NULL,
      image_id STRING NOT NULL,
      organization_id STRING NOT NULL,
      patient_id STRING COMMENT 'pseudonym',
      split STRING COMMENT 'train | validation | test | unlabelled',
      label INT COMMENT '1 referable (grade 2 or more), 0 not, null unknown',
      prediction INT COMMENT '1 or 0 at the threshold',
      score DOUBLE COMMENT 'probability of referable',
      predicted_at TIMESTAMP NOT NULL,
      run STRING NOT NULL
      """;

  private Predictions(Lake lake) {
    super(
        lake,
        "predictions",
        COLUMNS,
        List.of("training_run", "image_id"),
        Layout.clusteredBy("organization_id", "predicted_at"));
  }

  /** The table in a lake. */
  public static Predictions in(Lake lake) {
    return new Predictions(lake);
  }
}
