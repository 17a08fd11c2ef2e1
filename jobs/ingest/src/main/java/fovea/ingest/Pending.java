package fovea.ingest;

import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Uploads that were acknowledged and have no outcome yet, in the order of their arrival.
 *
 * @param last the last upload of this slice, or empty for all of them
 */
record Pending(Registry registry, Optional<Position> last) {
  // Columns of captures, and the two that say what to record where.
  private static final String UPLOADS =
      """
      SELECT f.id, f.id::text AS image_id, f.organization_id::text AS organization_id,
        'fundus' AS kind, NULL::text AS session_id, f.eye_id::text AS eye_id,
        e.patient_id::text AS patient_id, e.laterality::text AS laterality,
        f.object_key, f.bytes, f.declared_sha256::text AS declared_sha256,
        f.camera::text AS camera, coalesce(f.uploaded_at, f.created_at) AS uploaded_at,
        f.archive_id::text AS archive_id
      FROM fundus_images f JOIN eyes e ON e.id = f.eye_id WHERE f.status = 'uploaded'
      UNION ALL
      SELECT s.id, s.id::text, s.organization_id::text, s.kind::text, s.session_id::text,
        NULL, NULL, NULL, s.object_key, s.bytes, s.declared_sha256::text, NULL,
        coalesce(s.uploaded_at, s.created_at), s.archive_id::text
      FROM session_files s WHERE s.status = 'uploaded'
      """;

  /**
   * An upload's place in the order of arrival.
   *
   * @param uploaded as Postgres writes a timestamptz, to the microsecond
   */
  record Position(String uploaded, UUID id) {}

  /**
   * How much there is.
   *
   * @param bytes as declared
   */
  record Size(long uploads, long bytes) {}

  static Pending all(Registry registry) {
    return new Pending(registry, Optional.empty());
  }

  /** The first {@code most} of them. */
  Pending first(int most) {
    String end =
        "SELECT uploaded_at::text, id::text FROM (SELECT id, uploaded_at FROM (%s) u"
            + " ORDER BY uploaded_at, id LIMIT %d) f ORDER BY f.uploaded_at DESC, f.id DESC LIMIT 1";
    return new Pending(
        registry,
        registry.first(
            end.formatted(query(), most),
            row -> new Position(row.getString(1), UUID.fromString(row.getString(2)))));
  }

  Size size() {
    return registry
        .first(
            "SELECT count(*), coalesce(sum(bytes), 0)::bigint FROM (" + query() + ") u",
            row -> new Size(row.getLong(1), row.getLong(2)))
        .orElseThrow();
  }

  boolean isEmpty() {
    return size().uploads() == 0;
  }

  /** One row an upload: the columns of captures that the registry knows, and what was declared. */
  Dataset<Row> uploads() {
    return registry.rows(query()).drop("id");
  }

  private String query() {
    return last.map(
            p ->
                "SELECT * FROM (%s) a WHERE (uploaded_at, id) <= ('%s'::timestamptz, '%s'::uuid)"
                    .formatted(UPLOADS, p.uploaded(), p.id()))
        .orElse(UPLOADS);
  }
}
