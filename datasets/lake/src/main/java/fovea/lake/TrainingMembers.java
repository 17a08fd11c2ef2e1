package fovea.lake;

import java.util.List;

/** Which image was in which part of which training run: lineage, from either end. */
public final class TrainingMembers extends LakeTable {
  private static final String COLUMNS =
      """
      training_run STRING NOT NULL,
      image_id STRING NOT NULL,
      organization_id STRING,
      patient_id STRING COMMENT 'pseudonym',
      part STRING NOT NULL COMMENT 'train | validation | test',
      label INT
      """;

  private TrainingMembers(Lake lake) {
    super(
        lake,
        "training_members",
        COLUMNS,
        List.of("training_run", "image_id"),
        Layout.clusteredBy("training_run", "image_id"));
  }

  /** The table in a lake. */
  public static TrainingMembers in(Lake lake) {
    return new TrainingMembers(lake);
  }
}
