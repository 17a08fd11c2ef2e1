package fovea.lake;

import java.util.List;

/** Differences between groups of patients, in the data and in predictions. */
public final class BiasFindings extends LakeTable {
  private static final String COLUMNS =
      """
      run STRING NOT NULL,
      training_run STRING,
      subject STRING NOT NULL COMMENT 'data | model | mitigation',
      attribute STRING NOT NULL,
      group_name STRING NOT NULL COMMENT 'a group, or overall, difference, ratio',
      metric STRING NOT NULL,
      value DOUBLE,
      lower DOUBLE,
      upper DOUBLE,
      count LONG,
      note STRING COMMENT 'too few, where suppressed',
      found_at TIMESTAMP NOT NULL
      """;

  private BiasFindings(Lake lake) {
    super(
        lake,
        "bias_findings",
        COLUMNS,
        List.of("run", "subject", "attribute", "group_name", "metric"),
        Layout.plain());
  }

  /** The table in a lake. */
  public static BiasFindings in(Lake lake) {
    return new BiasFindings(lake);
  }
}
