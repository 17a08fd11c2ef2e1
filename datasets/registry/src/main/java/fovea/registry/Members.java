package fovea.registry;

import fovea.registry.JobRegistry.ArchiveMember;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The files of an archive as rows beside its own. What was said of the archive (eye, session,
 * camera, grade) holds for each of them.
 */
final class Members {
  private static final String FUNDUS =
      """
      INSERT INTO fundus_images (id, organization_id, eye_id, camera, dr_grade, diagnosis,
        created_by, object_key, media_type, bytes, declared_sha256, status, reason_code, reason,
        archive_id, uploaded_at)
      SELECT :id, a.organization_id, a.eye_id, a.camera, a.dr_grade, a.diagnosis,
        a.created_by, :key, :mediaType, :bytes, nullif(:sha256, ''),
        CASE WHEN :code = '' THEN 'uploaded' ELSE 'quarantined' END, nullif(:code, ''),
        nullif(:reason, ''), a.id, now()
      FROM fundus_images a WHERE a.id = :archive
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String SESSION =
      """
      INSERT INTO session_files (id, organization_id, session_id, kind, name, object_key,
        media_type, bytes, declared_sha256, status, reason_code, reason, archive_id, uploaded_at)
      SELECT :id, a.organization_id, a.session_id, a.kind,
        CASE WHEN EXISTS (SELECT FROM session_files f
            WHERE f.session_id = a.session_id AND f.name = :name)
          THEN :spareName ELSE :name END,
        :key, :mediaType, :bytes, nullif(:sha256, ''),
        CASE WHEN :code = '' THEN 'uploaded' ELSE 'quarantined' END, nullif(:code, ''),
        nullif(:reason, ''), a.id, now()
      FROM session_files a WHERE a.id = :archive
      ON CONFLICT (id) DO NOTHING
      """;

  private static final Map<String, String> INSERTS =
      Map.of("fundus_images", FUNDUS, "session_files", SESSION);

  private Members() {}

  static void register(Handle handle, String table, UUID archive, List<ArchiveMember> members) {
    String insert = INSERTS.get(table);
    if (insert == null) {
      throw new IllegalArgumentException("no table of uploads: " + table);
    }
    PreparedBatch batch = handle.prepareBatch(insert);
    for (ArchiveMember member : members) {
      batch
          .bind("id", member.id())
          .bind("archive", archive)
          .bind("key", member.key().path())
          .bind("mediaType", member.mediaType())
          .bind("bytes", member.bytes())
          .bind("sha256", member.sha256())
          .bind("code", member.reasonCode())
          .bind("reason", member.reason());
      if (table.equals("session_files")) {
        batch.bind("name", member.name()).bind("spareName", member.spareName());
      }
      batch.add();
    }
    batch.execute();
    count(handle, table, archive, members.size());
  }

  private static void count(Handle handle, String table, UUID archive, int members) {
    int changed =
        handle
            .createUpdate(
                "UPDATE "
                    + table
                    + " SET members = :members WHERE id = :archive AND members IS NULL")
            .bind("members", members)
            .bind("archive", archive)
            .execute();
    if (changed == 1) {
      JobAudit.record(handle, "expand_archive", table, archive);
    }
  }
}
