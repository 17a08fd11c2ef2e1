package fovea.preprocess;

import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.Outcome;
import fovea.preprocess.fundus.PreprocessSettings;
import fovea.preprocess.quality.Flaw;
import fovea.preprocess.quality.Quality;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * Captures to fundus images, one processor a partition, one picture at a time in memory.
 *
 * @param done counts pictures, for the progress line
 */
record ProcessedRows(PreprocessSettings settings, String run, LongAccumulator done)
    implements MapPartitionsFunction<Row, Row> {

  /** The columns of a capture that are read. */
  static final String[] CAPTURE = {
    "image_id",
    "organization_id",
    "eye_id",
    "patient_id",
    "laterality",
    "camera",
    "sha256",
    "content"
  };

  /** The columns made, a selection of the table's. */
  static final StructType SCHEMA =
      StructType.fromDDL(
          """
          image_id STRING, organization_id STRING, eye_id STRING, patient_id STRING,
          laterality STRING, camera STRING, capture_sha256 STRING,
          parameters_version STRING, parameters STRING, processed_at TIMESTAMP, run STRING,
          status STRING, reason_code STRING, reason STRING, size INT, pixels BINARY,
          quality_grade STRING, quality_score DOUBLE,
          focus DOUBLE, illumination DOUBLE, contrast DOUBLE, field DOUBLE, artefact DOUBLE,
          disc_x DOUBLE, disc_y DOUBLE, disc_radius DOUBLE, disc_reason STRING,
          fovea_x DOUBLE, fovea_y DOUBLE, fovea_reason STRING,
          laterality_found STRING, laterality_agrees BOOLEAN, laterality_reason STRING,
          vessel_density DOUBLE, vessel_density_reason STRING,
          cup_to_disc DOUBLE, cup_to_disc_reason STRING
          """);

  private static final int COPIED = 7;
  private static final int LATERALITY = 4;
  private static final int STATUS = 11;

  @Override
  public Iterator<Row> call(Iterator<Row> captures) {
    FundusProcessor processor = new FundusProcessor(settings);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(captures, 0), false)
        .map(capture -> row(capture, processor))
        .iterator();
  }

  private Row row(Row capture, FundusProcessor processor) {
    @Nullable Object[] row = new @Nullable Object[SCHEMA.length()];
    for (int i = 0; i < COPIED; i++) {
      row[i] = capture.get(i);
    }
    row[COPIED] = settings.parametersVersion();
    row[COPIED + 1] = settings.json();
    row[COPIED + 2] = Timestamp.from(Instant.now());
    row[COPIED + 3] = run;
    byte[] content = capture.getAs("content");
    fill(row, processor.process(content == null ? new byte[0] : content));
    done.add(1);
    return RowFactory.create(row);
  }

  private void fill(@Nullable Object[] row, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      put(row, "failed", failed.code(), failed.reason());
    } else if (outcome instanceof Outcome.Processed made) {
      Quality quality = made.quality();
      put(
          row,
          "processed",
          quality.flaw().map(Flaw::code).orElse(null),
          quality.flaw().map(Flaw::sentence).orElse(null),
          settings.size(),
          made.png(),
          quality.grade().word(),
          quality.score(),
          quality.focus(),
          quality.illumination(),
          quality.contrast(),
          quality.field(),
          quality.artefact());
      String declared = (String) row[LATERALITY];
      @Nullable Object[] found = AnatomyCells.of(made.anatomy(), declared);
      System.arraycopy(found, 0, row, SCHEMA.fieldIndex("disc_x"), found.length);
    }
  }

  private static void put(@Nullable Object[] row, @Nullable Object... values) {
    System.arraycopy(values, 0, row, STATUS, values.length);
  }
}
