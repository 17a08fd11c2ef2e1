package fovea.registry;

import fovea.contract.capture.ObjectKey;
import fovea.contract.session.SessionStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Photographs and poses of sessions. */
public final class SessionFiles {
  /** Most files of poses: COLMAP's text form has three. */
  private static final int MOST_POSES = 10;

  private final Handle handle;
  private final Actor actor;
  private final Audit audit;

  SessionFiles(Handle handle, Actor actor, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.audit = audit;
  }

  /**
   * Registers an upload; asked again before the content has arrived, it is the same upload with
   * what is declared now. Where the same name and hash have arrived already, the answer is not
   * {@link Upload#awaited()}.
   *
   * @param day becomes part of the object's key
   * @param mostPhotos the cap of a session
   */
  public Upload request(UUID session, NewFile file, LocalDate day, int mostPhotos) {
    SessionStatus status = Sessions.lock(handle, session);
    Optional<Known> known = known(session, file.name());
    if (known.isPresent() && known.get().upload().hasArrived()) {
      return same(known.get(), file);
    }
    if (status != SessionStatus.CREATED && status != SessionStatus.UPLOADING) {
      throw Mistakes.sessionClosed(status.word());
    }
    if (known.isPresent()) {
      return declareAgain(known.get().upload().id(), file);
    }
    requireRoom(session, file.kind(), mostPhotos);
    return insert(session, file, day);
  }

  /** A file of a session. */
  public Optional<Upload> find(UUID session, UUID file) {
    return handle
        .createQuery(
            "SELECT "
                + Upload.COLUMNS
                + " FROM session_files WHERE session_id = :session AND id = :file")
        .bind("session", session)
        .bind("file", file)
        .map((row, context) -> Upload.of(row))
        .findOne();
  }

  /** Every file, in name order. */
  public List<SessionFile> all(UUID session) {
    return handle
        .createQuery(
            """
            SELECT id, kind, name, media_type, bytes, status, reason_code, reason, duplicate_of,
              grade, advice
            FROM session_files WHERE session_id = :session ORDER BY name
            """)
        .bind("session", session)
        .map((row, context) -> SessionFile.of(row))
        .list();
  }

  /** How many files there are of each status, by its word. */
  public Map<String, Integer> counts(UUID session) {
    return handle
        .createQuery(
            "SELECT status, count(*) AS files FROM session_files WHERE session_id = :session"
                + " GROUP BY status")
        .bind("session", session)
        .reduceRows(
            new TreeMap<>(),
            (counts, row) -> {
              counts.put(
                  row.getColumn("status", String.class), row.getColumn("files", Integer.class));
              return counts;
            });
  }

  /** The files that were quarantined, in name order. */
  public List<Rejected> rejected(UUID session) {
    return handle
        .createQuery(
            """
            SELECT name, reason_code, reason FROM session_files
            WHERE session_id = :session AND status = 'quarantined' ORDER BY name
            """)
        .bind("session", session)
        .map(
            (row, context) ->
                new Rejected(
                    row.getString("name"), row.getString("reason_code"), row.getString("reason")))
        .list();
  }

  /** The photographs that the session gate would have better, in name order. */
  public List<Advised> advised(UUID session) {
    return handle
        .createQuery(
            """
            SELECT name, grade, advice FROM session_files
            WHERE session_id = :session AND advice IS NOT NULL ORDER BY name
            """)
        .bind("session", session)
        .map(
            (row, context) ->
                new Advised(row.getString("name"), row.getString("grade"), row.getString("advice")))
        .list();
  }

  private Optional<Known> known(UUID session, String name) {
    return handle
        .createQuery(
            "SELECT "
                + Upload.COLUMNS
                + """
                , kind, coalesce(sha256, declared_sha256) AS known_sha256 FROM session_files
                WHERE session_id = :session AND name = :name
                """)
        .bind("session", session)
        .bind("name", name)
        .map(
            (row, context) ->
                new Known(Upload.of(row), row.getString("kind"), row.getString("known_sha256")))
        .findOne();
  }

  private static Upload same(Known known, NewFile file) {
    boolean same =
        known.kind().equals(file.kind())
            && file.sha256() != null
            && file.sha256().equals(known.sha256());
    if (!same) {
      throw Mistakes.nameTaken(file.name());
    }
    return known.upload();
  }

  private void requireRoom(UUID session, String kind, int mostPhotos) {
    int most = kind.equals("photo") ? mostPhotos : MOST_POSES;
    int there =
        handle
            .createQuery(
                "SELECT count(*) FROM session_files WHERE session_id = :session AND kind = :kind"
                    + " AND status <> 'abandoned'")
            .bind("session", session)
            .bind("kind", kind)
            .mapTo(Integer.class)
            .one();
    if (there >= most) {
      throw Mistakes.tooManyFiles(kind, most);
    }
  }

  private Upload declareAgain(UUID id, NewFile file) {
    return handle
        .createQuery(
            """
            UPDATE session_files SET kind = :kind, media_type = :mediaType, bytes = :bytes,
              declared_sha256 = :sha256, status = 'requested', asked_at = clock_timestamp()
            WHERE id = :id RETURNING\s"""
                + Upload.COLUMNS)
        .bind("id", id)
        .bind("kind", file.kind())
        .bind("mediaType", file.mediaType())
        .bind("bytes", file.bytes())
        .bind("sha256", file.sha256())
        .map((row, context) -> Upload.of(row))
        .one();
  }

  private Upload insert(UUID session, NewFile file, LocalDate day) {
    UUID id = UUID.randomUUID();
    Upload made =
        handle
            .createQuery(
                """
                INSERT INTO session_files (id, organization_id, session_id, kind, name, object_key,
                  media_type, bytes, declared_sha256)
                VALUES (:id, :organization, :session, :kind, :name, :key, :mediaType, :bytes,
                  :sha256)
                RETURNING\s"""
                    + Upload.COLUMNS)
            .bind("id", id)
            .bind("organization", actor.organization())
            .bind("session", session)
            .bind("kind", file.kind())
            .bind("name", file.name())
            .bind("key", ObjectKey.sessionFile(day, actor.organization(), session, id).path())
            .bind("mediaType", file.mediaType())
            .bind("bytes", file.bytes())
            .bind("sha256", file.sha256())
            .map((row, context) -> Upload.of(row))
            .one();
    handle
        .createUpdate(
            """
            UPDATE sessions SET status = 'uploading', updated_at = now()
            WHERE id = :session AND status = 'created'
            """)
        .bind("session", session)
        .execute();
    audit.record("request_upload", "session_files", id);
    return made;
  }

  private record Known(Upload upload, String kind, @Nullable String sha256) {}

  /** A photograph that could be better, and how. */
  public record Advised(String name, String grade, String advice) {}

  /** A file that was not accepted, and why. */
  public record Rejected(String name, String reasonCode, String reason) {}

  /**
   * A file to be uploaded.
   *
   * @param kind {@code photo} or {@code poses}
   * @param name as poses refer to it
   * @param sha256 64 lower-case hexadecimal digits
   */
  public record NewFile(
      String kind, String name, String mediaType, long bytes, @Nullable String sha256) {}
}
