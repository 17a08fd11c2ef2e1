package fovea.contract.cohort;

/** Ages as research sees them: bands, with everyone over 89 in one (HIPAA Safe Harbor). */
public enum AgeBand {
  /** 0 to 17. */
  UNDER_18("0-17", 0),
  /** 18 to 39. */
  FROM_18("18-39", 18),
  /** 40 to 49. */
  FROM_40("40-49", 40),
  /** 50 to 59. */
  FROM_50("50-59", 50),
  /** 60 to 69. */
  FROM_60("60-69", 60),
  /** 70 to 79. */
  FROM_70("70-79", 70),
  /** 80 to 89. */
  FROM_80("80-89", 80),
  /** 90 and over. */
  FROM_90("90+", 90);

  /** Oldest age that is kept as a number; above it only "90+" is known. */
  public static final int OLDEST_KEPT = 89;

  private final String label;
  private final int least;

  AgeBand(String label, int least) {
    this.label = label;
    this.least = least;
  }

  /** For example {@code 40-49}. */
  public String label() {
    return label;
  }

  /** The band of an age in whole years. */
  public static AgeBand of(int years) {
    if (years < 0 || years > 150) {
      throw new IllegalArgumentException("age must be between 0 and 150, cannot be: " + years);
    }
    AgeBand band = UNDER_18;
    for (AgeBand each : values()) {
      band = years >= each.least ? each : band;
    }
    return band;
  }
}
