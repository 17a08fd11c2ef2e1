package fovea.ingest;

import fovea.contract.capture.ObjectKey;
import fovea.imaging.ImageHeader;
import fovea.ingest.check.Finding;
import fovea.ingest.check.Retry;
import fovea.ingest.check.Upload;
import fovea.ingest.check.UploadInspector;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.RegistrySettings;
import fovea.runtime.ExecutorStores;
import fovea.runtime.NativeHashes;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/** Uploads to what their bytes are; one upload's bytes at a time. */
final class InspectUploads implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final long FIRST_WAIT_MILLIS = 500;

  /** Columns of captures, without those that only the whole batch can tell. */
  static final StructType SCHEMA =
      StructType.fromDDL(
          """
          image_id STRING NOT NULL,
          organization_id STRING NOT NULL,
          kind STRING NOT NULL,
          session_id STRING,
          eye_id STRING,
          patient_id STRING,
          laterality STRING,
          object_key STRING NOT NULL,
          uploaded_at TIMESTAMP NOT NULL,
          archive_id STRING,
          camera STRING,
          status STRING NOT NULL,
          reason_code STRING,
          reason STRING,
          sha256 STRING,
          bytes LONG,
          format STRING,
          width INT,
          height INT,
          captured_at TIMESTAMP_NTZ,
          orientation INT,
          dicom STRING,
          content BINARY,
          thumbnail BINARY,
          members INT
          """);

  /** Those that the registry knows. */
  static final List<String> REGISTERED = List.of(SCHEMA.fieldNames()).subList(0, 10);

  private final ObjectStoreSettings objects;
  private final RegistrySettings registry;
  private final IngestSettings settings;
  private final LongAccumulator done;

  InspectUploads(
      ObjectStoreSettings objects,
      RegistrySettings registry,
      IngestSettings settings,
      LongAccumulator done) {
    this.objects = objects;
    this.registry = registry;
    this.settings = settings;
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> uploads) {
    NativeHashes.use();
    Retry retry = new Retry(settings.attempts(), FIRST_WAIT_MILLIS);
    UploadInspector inspector = new UploadInspector(ExecutorStores.of(objects), retry);
    ExpandArchive archives =
        new ExpandArchive(ExecutorStores.of(objects), retry, registry, settings.sessionPhotos());
    Iterable<Row> rows = () -> uploads;
    return StreamSupport.stream(rows.spliterator(), false)
        .flatMap(row -> found(row, inspector, archives))
        .iterator();
  }

  private Stream<Row> found(Row row, UploadInspector inspector, ExpandArchive archives) {
    Upload upload = upload(row);
    Finding finding = inspector.inspect(upload);
    done.add(1);
    if (finding instanceof Finding.Packed packed) {
      return archives.rows(row, packed);
    }
    return Stream.of(
        finding instanceof Finding.Sound sound
            ? accepted(row, sound)
            : quarantined(row, (Finding.Unsound) finding));
  }

  private static Row accepted(Row row, Finding.Sound sound) {
    Optional<ImageHeader> header = sound.header();
    return with(
        row,
        Optional.ofNullable(row.<String>getAs("camera"))
            .or(() -> header.flatMap(ImageHeader::camera))
            .orElse(null),
        "accepted",
        null,
        null,
        sound.sha256(),
        sound.bytes(),
        header.map(h -> h.format().word()).orElse(null),
        header.map(ImageHeader::uprightWidth).orElse(null),
        header.map(ImageHeader::uprightHeight).orElse(null),
        header.flatMap(ImageHeader::capturedAt).orElse(null),
        header.map(ImageHeader::orientation).orElse(null),
        sound.dicom().orElse(null),
        sound.content().orElse(null),
        sound.thumbnail().orElse(null));
  }

  static Row quarantined(Row row, Finding.Unsound unsound) {
    return with(
        row,
        row.getAs("camera"),
        "quarantined",
        unsound.reason().code(),
        unsound.sentence(),
        unsound.sha256().orElse(null),
        unsound.bytes());
  }

  // What is not found is null to the end of the row.
  private static Row with(Row row, @Nullable Object... found) {
    Stream<@Nullable Object> known = REGISTERED.stream().map(row::getAs);
    Object[] columns = Stream.concat(known, Arrays.stream(found)).toArray();
    return RowFactory.create(Arrays.copyOf(columns, SCHEMA.length()));
  }

  private static Upload upload(Row row) {
    return new Upload(
        Upload.Kind.valueOf(row.<String>getAs("kind").toUpperCase(Locale.ROOT)),
        new ObjectKey(row.getAs("object_key")),
        row.<Long>getAs("bytes"),
        Optional.ofNullable(row.getAs("declared_sha256")));
  }
}
