package fovea.catalog;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What an import did.
 *
 * @param importer its name
 * @param rows rows of tables that were read
 * @param images photographs and session files found
 * @param uploaded of these, new ones
 * @param alreadyThere of these, those that were there before
 * @param refractions refractions found
 * @param refractionsAdded of these, new ones
 * @param sessions sessions submitted
 * @param rejected rows and files that were not imported
 * @param notices values left out of rows that were imported
 * @param seconds wall clock
 * @param problems everything rejected, left out or not listed, by table and line
 */
public record ImportReport(
    String importer,
    long rows,
    long images,
    long uploaded,
    long alreadyThere,
    long refractions,
    long refractionsAdded,
    long sessions,
    long rejected,
    long notices,
    double seconds,
    List<Problem> problems) {
  private static final String DANGEROUS = "=+-@\t\r";

  /** Writes {@code weight,file,line,code,sentence}, one row a problem; atomically. */
  public void write(Path csv) throws IOException {
    Path parent = csv.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path part = csv.resolveSibling(csv.getFileName() + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(part);
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
      printer.printRecord("weight", "file", "line", "code", "sentence");
      for (Problem problem : problems) {
        printer.printRecord(
            problem.weight().name().toLowerCase(Locale.ROOT),
            neutral(problem.file()),
            problem.line(),
            neutral(problem.code()),
            neutral(problem.sentence()));
      }
    }
    Files.move(part, csv, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** One line for a person. */
  public String summary() {
    return ("%s: %d rows, %d files (%d uploaded, %d already there), %d refractions (%d new), "
            + "%d sessions, %d rejected, %d notices, %.1f s")
        .formatted(
            importer,
            rows,
            images,
            uploaded,
            alreadyThere,
            refractions,
            refractionsAdded,
            sessions,
            rejected,
            notices,
            seconds);
  }

  /** Spreadsheets run what begins like a formula; line ends would split the row for some. */
  private static String neutral(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return !line.isEmpty() && DANGEROUS.indexOf(line.charAt(0)) >= 0 ? "'" + line : line;
  }
}
