package fovea.preprocess.standalone;

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
    String output,
    Optional<byte[]> thumbnail) {

  static FileResult rejected(String file, String code, String reason) {
    return new FileResult(file, code, reason, 0, 0, Optional.empty(), "", Optional.empty());
  }

  static FileResult processed(
      String file, int width, int height, Quality quality, String output, Optional<byte[]> small) {
    return new FileResult(
        file,
        quality.flaw().map(Flaw::code).orElse(""),
        quality.flaw().map(Flaw::sentence).orElse(""),
        width,
        height,
        Optional.of(quality),
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
