package fovea.lake;

import java.util.List;

/**
 * Every upload one row: accepted, quarantined or duplicate, with the reason, or an archive
 * expanded; originals of retinal photographs in {@code content}. Hash, size and format are the
 * object's; of a DICOM object, whose header names a patient, the content is its pixels alone.
 */
public final class Captures extends LakeTable {
  private static final String COLUMNS =
      """
      image_id STRING NOT NULL,
      organization_id STRING NOT NULL,
      kind STRING NOT NULL COMMENT 'fundus | photo | poses',
      session_id STRING,
      eye_id STRING,
      patient_id STRING COMMENT 'pseudonym',
      laterality STRING,
      object_key STRING NOT NULL,
      sha256 STRING,
      bytes LONG,
      format STRING,
      width INT,
      height INT,
      camera STRING,
      captured_at TIMESTAMP_NTZ COMMENT 'by the clock of the camera, local time of an unknown zone',
      orientation INT COMMENT 'EXIF 1 to 8 of the original; width and height are upright',
      status STRING NOT NULL COMMENT 'accepted | quarantined | duplicate | expanded',
      reason_code STRING,
      reason STRING,
      duplicate_of STRING,
      uploaded_day DATE,
      ingested_at TIMESTAMP NOT NULL,
      run STRING NOT NULL,
      archive_id STRING COMMENT 'the archive that this upload was a file of',
      members INT COMMENT 'files of an expanded archive',
      dicom STRING COMMENT 'JSON: attributes of a DICOM object that may leave it',
      content BINARY COMMENT 'accepted retinal photographs only: their pixels alone, as JPEG or PNG',
      thumbnail BINARY COMMENT 'upright JPEG of at most 256 pixels an edge, without metadata; as content'
      """;

  private Captures(Lake lake) {
    super(
        lake,
        "captures",
        COLUMNS,
        List.of("image_id"),
        Layout.clusteredBy("organization_id", "uploaded_day").withImages("content", "thumbnail"));
  }

  /** The table in a lake. */
  public static Captures in(Lake lake) {
    return new Captures(lake);
  }
}
