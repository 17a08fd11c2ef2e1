package fovea.lake;

import java.util.List;

/** Refractive measurements, a snapshot of the registry. */
public final class Refractions extends LakeTable {
  private static final String COLUMNS =
      """
      measurement_id STRING NOT NULL,
      organization_id STRING NOT NULL,
      eye_id STRING NOT NULL,
      patient_id STRING NOT NULL COMMENT 'pseudonym',
      laterality STRING NOT NULL,
      sphere DOUBLE NOT NULL COMMENT 'dioptres',
      cylinder DOUBLE NOT NULL COMMENT 'dioptres',
      axis DOUBLE NOT NULL COMMENT 'degrees',
      spherical_equivalent DOUBLE NOT NULL COMMENT 'dioptres',
      j0 DOUBLE NOT NULL,
      j45 DOUBLE NOT NULL,
      axial_length DOUBLE COMMENT 'mm',
      intraocular_pressure DOUBLE COMMENT 'mmHg',
      diagnosis STRING,
      measured_at TIMESTAMP,
      run STRING NOT NULL
      """;

  private Refractions(Lake lake) {
    super(
        lake,
        "refractions",
        COLUMNS,
        List.of("measurement_id"),
        Layout.clusteredBy("organization_id", "measured_at"));
  }

  /** The table in a lake. */
  public static Refractions in(Lake lake) {
    return new Refractions(lake);
  }
}
