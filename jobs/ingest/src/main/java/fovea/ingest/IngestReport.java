package fovea.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import fovea.lake.Captures;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Timer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** What a run of ingest did, as the table has it. */
final class IngestReport {
  private IngestReport() {}

  static JobReport of(JobContext context, Timer timer, IngestRound.Totals totals) {
    Map<String, Long> rejected = new TreeMap<>();
    long accepted = 0;
    long bytes = 0;
    // A look at the table takes longer than everything else that a run without uploads does.
    for (Row row : totals.taken == 0 ? List.<Row>of() : byReason(context)) {
      bytes += row.getLong(2);
      if (row.getString(0).isEmpty()) {
        accepted = row.getLong(1);
      } else {
        rejected.put(row.getString(0), row.getLong(1));
      }
    }
    long all = accepted + rejected.values().stream().mapToLong(Long::longValue).sum();
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("bytes", Long.toString(bytes));
    notes.put("refractions", Long.toString(totals.refractions));
    notes.put("sessions", Integer.toString(totals.sessions));
    if (totals.healed > 0) {
      notes.put("outcomes of an earlier run", Long.toString(totals.healed));
    }
    return new JobReport("ingest", all, accepted, rejected, timer.seconds(), notes);
  }

  // As many rows as there are reasons.
  private static List<Row> byReason(JobContext context) {
    return Captures.in(context.lake())
        .rows()
        .where(col("run").equalTo(context.run().toString()))
        .where(col("status").notEqual("expanded"))
        .groupBy(coalesce(col("reason_code"), lit("")).as("reason_code"))
        .agg(count(lit(1)), coalesce(sum("bytes"), lit(0L)))
        .collectAsList();
  }
}
