package fovea.lake;

import java.util.List;

/** What a trained network was worth on images that had no part in its training. */
public final class Evaluations extends LakeTable {
  private static final String COLUMNS =
      """
      evaluation STRING NOT NULL,
      training_run STRING NOT NULL,
      source STRING NOT NULL COMMENT 'an organisation, or all',
      images LONG,
      patients LONG,
      metrics STRING COMMENT 'JSON',
      refused STRING COMMENT 'JSON: images left out, by reason',
      evaluated_at TIMESTAMP NOT NULL,
      run STRING NOT NULL
      """;

  private Evaluations(Lake lake) {
    super(lake, "evaluations", COLUMNS, List.of("evaluation"), Layout.plain());
  }

  /** The table in a lake. */
  public static Evaluations in(Lake lake) {
    return new Evaluations(lake);
  }
}
