package fovea.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job did.
 *
 * @param rowsIn rows it looked at in this run
 * @param rowsOut rows it added
 * @param rejected rows it turned away, by reason code
 * @param notes other figures worth a line, in the order to print them
 */
public record JobReport(
    String job,
    long rowsIn,
    long rowsOut,
    Map<String, Long> rejected,
    double seconds,
    Map<String, String> notes) {

  /** Copies; rejections in the order of their code. */
  public JobReport {
    rejected = new TreeMap<>(rejected);
    notes = new LinkedHashMap<>(notes);
  }

  /** All rejections together. */
  public long rowsRejected() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** One line: {@code ingest: 40 in, 38 out, 2 rejected (truncated 2), 3.1 s}. */
  public String line() {
    StringBuilder line =
        new StringBuilder(
            String.format(
                java.util.Locale.ROOT,
                "%s: %d in, %d out, %d rejected",
                job,
                rowsIn,
                rowsOut,
                rowsRejected()));
    if (!rejected.isEmpty()) {
      line.append(' ').append(rejected.toString().replace('{', '(').replace('}', ')'));
    }
    line.append(String.format(java.util.Locale.ROOT, ", %.1f s", seconds));
    notes.forEach((name, value) -> line.append(", ").append(name).append(' ').append(value));
    return line.toString();
  }
}
