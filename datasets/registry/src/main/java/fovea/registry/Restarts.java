package fovea.registry;

import fovea.contract.capture.ObjectKey;
import fovea.contract.session.SessionStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Sessions made of the accepted files of others that failed: a status that ended never reverts, and
 * nobody uploads photographs twice.
 */
public final class Restarts {
  private final Handle handle;
  private final Actor actor;
  private final NameCipher names;
  private final Audit audit;

  Restarts(Handle handle, Actor actor, NameCipher names, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.names = names;
    this.audit = audit;
  }

  /**
   * Makes the one restart of a failed session, or finds it; its files are asked for, not there.
   *
   * @param day becomes part of the objects' keys
   */
  public Made of(UUID failed, LocalDate day) {
    SessionStatus status = Sessions.lock(handle, failed);
    Optional<UUID> known =
        handle
            .createQuery("SELECT id FROM sessions WHERE restart_of = :failed")
            .bind("failed", failed)
            .mapTo(UUID.class)
            .findOne();
    if (known.isPresent()) {
      return new Made(known.get(), false);
    }
    if (status != SessionStatus.FAILED) {
      throw Mistakes.sessionNotFailed(status.word());
    }
    UUID id = UUID.randomUUID();
    insert(failed, id);
    if (files(failed, id, day) == 0) {
      throw Mistakes.sessionEmpty();
    }
    audit.record("restart_session", "sessions", id);
    return new Made(id, true);
  }

  /** The files of a restart whose content is still to be copied from the session that failed. */
  public List<Copy> copies(UUID restart) {
    return handle
        .createQuery(
            """
            SELECT f.id, o.object_key AS source, f.object_key AS target
            FROM sessions s
            JOIN session_files f ON f.session_id = s.id AND f.status = 'requested'
            JOIN session_files o ON o.session_id = s.restart_of AND o.name = f.name
            WHERE s.id = :restart ORDER BY f.name
            """)
        .bind("restart", restart)
        .map(
            (row, context) ->
                new Copy(
                    row.getObject("id", UUID.class),
                    new ObjectKey(row.getString("source")),
                    new ObjectKey(row.getString("target"))))
        .list();
  }

  private void insert(UUID failed, UUID id) {
    handle
        .createUpdate(
            """
            INSERT INTO sessions (id, organization_id, session_id, patient_name, patient_id,
              status, created_by, metadata, restart_of)
            SELECT :id, organization_id, left(session_id, 236) || '-restart-' || left(:word, 8),
              :name, patient_id, 'uploading', :user, metadata, id
            FROM sessions WHERE id = :failed
            """)
        .bind("id", id)
        .bind("word", id.toString())
        .bind("name", name(failed, id))
        .bind("user", actor.user())
        .bind("failed", failed)
        .execute();
  }

  // A name is sealed for its row: the other row needs another seal.
  private byte @Nullable [] name(UUID failed, UUID id) {
    return handle
        .createQuery(
            "SELECT patient_name FROM sessions WHERE id = :failed AND patient_name IS NOT NULL")
        .bind("failed", failed)
        .map((row, context) -> row.getBytes("patient_name"))
        .findOne()
        .map(name -> names.encrypt(names.decrypt(name, failed), id))
        .orElse(null);
  }

  private int files(UUID failed, UUID session, LocalDate day) {
    List<UUID> accepted =
        handle
            .createQuery(
                "SELECT id FROM session_files WHERE session_id = :failed AND status = 'accepted'")
            .bind("failed", failed)
            .mapTo(UUID.class)
            .list();
    accepted.forEach(file -> insertFile(file, session, day));
    return accepted.size();
  }

  private void insertFile(UUID file, UUID session, LocalDate day) {
    UUID id = UUID.randomUUID();
    handle
        .createUpdate(
            """
            INSERT INTO session_files (id, organization_id, session_id, kind, name, object_key,
              media_type, bytes, declared_sha256)
            SELECT :id, organization_id, :session, kind, name, :key, media_type, bytes,
              coalesce(sha256, declared_sha256)
            FROM session_files WHERE id = :file
            """)
        .bind("id", id)
        .bind("session", session)
        .bind("key", ObjectKey.sessionFile(day, actor.organization(), session, id).path())
        .bind("file", file)
        .execute();
  }

  /** Content to be copied within the store. */
  public record Copy(UUID file, ObjectKey from, ObjectKey to) {}
}
