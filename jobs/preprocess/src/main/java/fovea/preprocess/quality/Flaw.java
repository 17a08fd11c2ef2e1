package fovea.preprocess.quality;

import java.util.Locale;

/** What keeps a photograph from being good: a stable code, a sentence for people. */
public enum Flaw {
  /** Focus is the lowest score. */
  POOR_FOCUS("The vessels are blurred"),
  /** Illumination is the lowest score. */
  POOR_ILLUMINATION("The picture is too dark, too bright or unevenly lit"),
  /** Contrast is the lowest score. */
  LOW_CONTRAST("The vessels hardly stand out"),
  /** Part of the round field is missing. */
  INCOMPLETE_FIELD("Part of the round field of view is missing"),
  /** A lid, lashes, a shadow or a reflection lies over the retina. */
  ARTEFACT("Part of the retina is covered, in shadow or dazzled"),
  /** Nothing lit. */
  NO_FIELD("No lit field of view was found"),
  /** Neither the form nor the colours of a retina. */
  NOT_A_FUNDUS("This does not look like a photograph of a retina");

  private final String sentence;

  Flaw(String sentence) {
    this.sentence = sentence;
  }

  /** Stable code in kebab-case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence for a person. */
  public String sentence() {
    return sentence;
  }
}
