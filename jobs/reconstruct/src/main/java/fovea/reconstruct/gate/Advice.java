package fovea.reconstruct.gate;

import java.util.Locale;

/** What is wrong with a photograph or a session, and what whoever takes them can do. */
public enum Advice {
  /** The file gives no picture. */
  UNREADABLE("the file cannot be read as a photograph", "upload it again"),
  /** Camera shake, motion or a missed focus. */
  BLURRED("the photograph is blurred", "hold still, focus on the subject and take it again"),
  /** Not quite in focus. */
  SOFT("the photograph is a little soft", "a sharper one would give more detail"),
  /** Nothing is bright. */
  TOO_DARK("the photograph is too dark", "add light or expose longer"),
  /** Large parts are burnt out. */
  TOO_BRIGHT("large parts are burnt out", "expose less or soften the light"),
  /** The same view as another one. */
  DUPLICATE_VIEW("it shows the same view as an earlier one", "move on before the next photograph"),
  /** Too few points in common with its neighbours. */
  NO_OVERLAP(
      "too little of it is seen in other photographs",
      "take photographs between this view and its neighbours: two in three parts should be seen twice"),
  /** Nothing to hold on to. */
  LITTLE_TEXTURE(
      "there is too little detail to match", "use even light and a patterned background"),
  /** The session is small. */
  FEW_PHOTOS("there are few photographs", "take 20 to 60 from all sides at two heights"),
  /** The views fall apart. */
  SEPARATE_GROUPS(
      "the photographs fall into groups that share nothing",
      "take photographs that lead from one group to the other");

  private final String what;
  private final String remedy;

  Advice(String what, String remedy) {
    this.what = what;
    this.remedy = remedy;
  }

  /** Stable code, for example {@code too-dark}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence: what, and what to do. */
  public String sentence() {
    return what + ": " + remedy;
  }
}
