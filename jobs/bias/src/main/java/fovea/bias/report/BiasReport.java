package fovea.bias.report;

import fovea.bias.calibration.Calibration;
import fovea.bias.metrics.Section;
import fovea.bias.mitigate.Reweighing;
import fovea.bias.mitigate.Thresholds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a report says, before it is written as HTML or JSON. Holds no time and no machine, so
 * that equal data gives equal bytes.
 *
 * @param title one line
 * @param wording what the rows, the positives and the negatives are called
 * @param sections the subjects, in the order to print them
 * @param rows what was read, used and turned away
 * @param smallest fewer people than that are {@code too few}
 * @param settings by name, for lineage
 * @param notes sentences for the methods part
 * @param details what goes beyond comparing figures
 */
public record BiasReport(
    String title,
    Wording wording,
    List<Section> sections,
    Rows rows,
    long smallest,
    Map<String, String> settings,
    List<String> notes,
    Details details) {

  /** Copies. */
  public BiasReport {
    sections = List.copyOf(sections);
    settings = new LinkedHashMap<>(settings);
    notes = List.copyOf(notes);
  }

  /** A report without details. */
  public BiasReport(
      String title,
      Wording wording,
      List<Section> sections,
      Rows rows,
      long smallest,
      Map<String, String> settings,
      List<String> notes) {
    this(title, wording, sections, rows, smallest, settings, notes, Details.NONE);
  }

  /** The same with more sentences for the methods part. */
  public BiasReport with(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new BiasReport(title, wording, sections, rows, smallest, settings, all, details);
  }

  /**
   * What goes beyond comparing figures.
   *
   * @param calibration one an attribute; empty without scores
   * @param weights for training, one an attribute; empty where not asked for
   * @param thresholds by group, where asked for and possible
   */
  public record Details(
      List<Calibration> calibration, List<Reweighing> weights, List<Thresholds> thresholds) {
    /** Nothing. */
    public static final Details NONE = new Details(List.of(), List.of(), List.of());

    /** The same with weights. */
    public Details with(List<Reweighing> other) {
      return new Details(calibration, other, thresholds);
    }

    /** Copies. */
    public Details {
      calibration = List.copyOf(calibration);
      weights = List.copyOf(weights);
      thresholds = List.copyOf(thresholds);
    }
  }

  /**
   * What things are called in sentences.
   *
   * @param rows for example {@code images}
   * @param positives for example {@code referable eyes}
   * @param negatives for example {@code eyes without referable disease}
   */
  public record Wording(String rows, String positives, String negatives) {}

  /**
   * What became of the input.
   *
   * @param rejected by reason code
   * @param listed the first rejected rows; the rest is only counted
   */
  public record Rows(long read, long used, Map<String, Long> rejected, List<RejectedRow> listed) {
    /** Copies. */
    public Rows {
      rejected = new java.util.TreeMap<>(rejected);
      listed = List.copyOf(listed);
    }
  }

  /**
   * One row that was turned away.
   *
   * @param line in the file, from 1, the header included
   * @param code stable, in kebab-case
   * @param reason one sentence without the row's own values
   */
  public record RejectedRow(long line, String code, String reason) {}
}
