package fovea.bias;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a report is computed from. The content counts and not the Delta version: a merge that adds
 * nothing makes a new version too.
 *
 * @param run the same for the same settings and content
 * @param images in the snapshot
 * @param patients in the snapshot
 */
record Fingerprint(UUID run, long images, long patients) {

  static Fingerprint of(BiasSettings settings, Dataset<Row> snapshot, Optional<ModelRows> model) {
    Row data =
        snapshot.agg(count(lit(1)), count_distinct(col("patient_id")), hash(snapshot)).head();
    String predictions =
        model
            .map(
                m ->
                    m.trainingRun()
                        + m.split()
                        + m.rows().agg(count(lit(1)), hash(m.rows())).head())
            .orElse("");
    String content = settings + "|" + data + "|" + predictions;
    return new Fingerprint(
        UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)),
        data.getLong(0),
        data.getLong(1));
  }

  // A sum of row hashes does not depend on the order of rows; 38 digits cannot overflow.
  private static Column hash(Dataset<Row> rows) {
    Column[] columns = Arrays.stream(rows.columns()).map(c -> col(c)).toArray(Column[]::new);
    return sum(xxhash64(columns).cast("decimal(38,0)"));
  }
}
