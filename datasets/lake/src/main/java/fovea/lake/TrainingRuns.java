package fovea.lake;

import java.util.List;

/** Training runs: from which data, how, how well. */
public final class TrainingRuns extends LakeTable {
  private static final String COLUMNS =
      """
      training_run STRING NOT NULL,
      architecture STRING NOT NULL,
      weights LONG COMMENT 'trainable parameters',
      image_size INT,
      epochs INT,
      seed LONG,
      parameters_version STRING,
      dataset STRING COMMENT 'JSON: query, Delta versions, split',
      metrics STRING COMMENT 'JSON: held-out metrics',
      artifact_key STRING,
      artifact_sha256 STRING,
      started_at TIMESTAMP,
      finished_at TIMESTAMP
      """;

  private TrainingRuns(Lake lake) {
    super(lake, "training_runs", COLUMNS, List.of("training_run"), Layout.plain());
  }

  /** The table in a lake. */
  public static TrainingRuns in(Lake lake) {
    return new TrainingRuns(lake);
  }
}
