package fovea.catalog;

import fovea.contract.cohort.Laterality;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells the eye from a file name: {@code 120_right.jpg}, {@code RET002OD.jpg}, {@code x-OS.png}.
 */
final class Eyes {

  private Eyes() {}

  static Optional<Laterality> ofFileName(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String last = stem.replaceFirst(".*[^A-Za-z](?=[A-Za-z]+$)", "");
    return Laterality.of(last.toLowerCase(Locale.ROOT));
  }
}
