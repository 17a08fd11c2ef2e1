package fovea.preprocess.standalone;

import fovea.preprocess.anatomy.Anatomy;
import fovea.preprocess.anatomy.Missing;
import fovea.preprocess.fundus.Outcome;
import fovea.preprocess.quality.Flaw;
import fovea.preprocess.quality.Quality;
import java.util.Optional;

/**
 * One file of the folder and what became of it.
 *
 * @param file relative to the folder, with slashes
 * @param code reason code of a rejection, or of a grade below good; empty for none
 * @param reason the same as a sentence
 * @param quality empty for rejected files
 * @param anatomy all missing for rejected files
 * @param output relative to the result folder; empty for rejected files
 * @param thumbnail JPEG, where the file was chosen for the contact sheet
 */
record FileResult(
    String file,
    String code,
    String reason,
    int width,
    int height,
    Optional<Quality> quality,
    Anatomy anatomy,
    String output,
    Optional<byte[]> thumbnail) {

  private static final Anatomy NOTHING = Anatomy.missing(Missing.PHOTOGRAPH_REJECTED);

  static FileResult rejected(String file, String code, String reason) {
    return new FileResult(
        file, code, reason, 0, 0, Optional.empty(), NOTHING, "", Optional.empty());
  }

  static FileResult processed(
      String file, Outcome.Processed made, String output, Optional<byte[]> small) {
    Quality quality = made.quality();
    return new FileResult(
        file,
        quality.flaw().map(Flaw::code).orElse(""),
        quality.flaw().map(Flaw::sentence).orElse(""),
        made.width(),
        made.height(),
        Optional.of(quality),
        made.anatomy(),
        output,
        small);
  }

  boolean isProcessed() {
    return quality.isPresent();
  }

  String grade() {
    return quality.map(q -> q.grade().word()).orElse("");
  }
}
