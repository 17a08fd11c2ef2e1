package fovea.registry;

import fovea.contract.capture.RejectionReason;
import fovea.registry.JobRegistry.ArchiveMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  // Kept out are those that an earlier try kept out, whatever room there is now.
  private static final String TOO_MANY =
      """
      SELECT id FROM session_files WHERE archive_id = :archive AND reason_code = :code
      """;

  // Photographs besides this archive's: what was turned away takes no room, an archive has no
  // pixels.
  private static final String OTHERS =
      """
      SELECT count(*) FROM session_files f
      WHERE f.session_id = :session AND f.kind = 'photo' AND f.status <> 'quarantined'
        AND f.members IS NULL AND f.id <> :archive AND f.archive_id IS DISTINCT FROM :archive
      """;

  private static final Map<String, String> INSERTS =
      Map.of("fundus_images", FUNDUS, "session_files", SESSION);

  private Members() {}

  static List<ArchiveMember> register(
      Handle handle, String table, UUID archive, List<ArchiveMember> members, int mostPhotos) {
    if (!table.equals("session_files")) {
      insert(handle, table, archive, members);
      return members;
    }
    insert(handle, table, archive, withinRoom(members, room(handle, archive, mostPhotos)));
    Set<UUID> out =
        handle
            .createQuery(TOO_MANY)
            .bind("archive", archive)
            .bind("code", RejectionReason.TOO_MANY_PHOTOS.code())
            .mapTo(UUID.class)
            .set();
    return members.stream()
        .map(m -> out.contains(m.id()) ? m.keptOut(RejectionReason.TOO_MANY_PHOTOS) : m)
        .toList();
  }

  // The session's lock keeps archives that are expanded at the same time from one another's room.
  private static int room(Handle handle, UUID archive, int mostPhotos) {
    UUID session =
        handle
            .createQuery(
                """
                SELECT s.id FROM sessions s JOIN session_files a ON a.session_id = s.id
                WHERE a.id = :archive FOR UPDATE OF s
                """)
            .bind("archive", archive)
            .mapTo(UUID.class)
            .one();
    return mostPhotos
        - handle
            .createQuery(OTHERS)
            .bind("session", session)
            .bind("archive", archive)
            .mapTo(Integer.class)
            .one();
  }

  private static List<ArchiveMember> withinRoom(List<ArchiveMember> members, int room) {
    List<ArchiveMember> within = new ArrayList<>();
    int left = room;
    for (ArchiveMember member : members) {
      boolean out = member.isTaken() && left-- <= 0;
      within.add(out ? member.keptOut(RejectionReason.TOO_MANY_PHOTOS) : member);
    }
    return within;
  }

  private static void insert(
      Handle handle, String table, UUID archive, List<ArchiveMember> members) {
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
