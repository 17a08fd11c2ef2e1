package fovea.preprocess.standalone;

import java.nio.file.Path;
import java.util.Map;

/**
 * What was done with a folder.
 *
 * @param rejected files turned away, by reason code
 * @param grades pictures by grade: good, usable, reject
 * @param report the page to look at
 */
public record Summary(
    int files,
    int processed,
    Map<String, Integer> rejected,
    Map<String, Integer> grades,
    double seconds,
    Path report) {

  /** Files turned away in all. */
  public int rejections() {
    return files - processed;
  }
}
