package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import fovea.contract.consent.ConsentRule;
import fovea.contract.consent.Decision;
import fovea.contract.consent.Purpose;
import fovea.runtime.JobContext;
import fovea.runtime.RegistryRows;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What patients' consents leave of a training set.
 *
 * @param patients left out: no consent
 * @param images of theirs
 * @param unrecorded patients that are learnt from although no consent is recorded
 */
record Consent(long patients, long images, long unrecorded) {
  private static final String[] USING_PATIENT = {"patient_id"};

  /** Of labelled images with {@code patient_id, consent, left_out}. */
  static Consent of(Dataset<Row> labelled) {
    Row counts =
        labelled
            .agg(
                count_distinct(when(col("left_out"), col("patient_id"))),
                functions.count(when(col("left_out"), 1)),
                count_distinct(
                    when(
                        not(col("left_out")).and(col("consent").equalTo(Decision.UNRECORDED)),
                        col("patient_id"))))
            .head();
    return new Consent(counts.getLong(0), counts.getLong(1), counts.getLong(2));
  }

  /** The rows that may be learnt from, with a known patient. */
  static Dataset<Row> allowed(Dataset<Row> labelled) {
    return labelled.where(not(col("left_out")).and(col("patient_id").isNotNull()));
  }

  /** Rows of those whose data may be looked at; {@code patient_id} may be null. */
  static Dataset<Row> forResearch(JobContext context, Dataset<Row> rows) {
    return rows.join(refused(context, Purpose.RESEARCH), USING_PATIENT, "left_anti");
  }

  /** Rows of those whose data may be learnt from. */
  static Dataset<Row> forTraining(JobContext context, Dataset<Row> rows) {
    return rows.join(refused(context, Purpose.TRAINING), USING_PATIENT, "left_anti");
  }

  /** The other rows. */
  static Dataset<Row> refusedResearch(JobContext context, Dataset<Row> rows) {
    return rows.join(refused(context, Purpose.RESEARCH), USING_PATIENT, "left_semi");
  }

  private static Dataset<Row> refused(JobContext context, Purpose purpose) {
    String words =
        ConsentRule.of(context.values()).refused().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(", "));
    return RegistryRows.read(
        context.spark(),
        context.registry().settings(),
        "SELECT patient_id::text AS patient_id FROM consents WHERE %s IN (%s)"
            .formatted(purpose.word(), words));
  }

  /** For a person. */
  String inWords() {
    return patients
        + (patients == 1 ? " patient" : " patients")
        + " left out: no consent"
        + (unrecorded == 0 ? "" : "; of " + unrecorded + " it is not recorded");
  }
}
