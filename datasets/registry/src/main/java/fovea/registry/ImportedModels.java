package fovea.registry;

import fovea.contract.model.ModelArtifact;
import fovea.contract.model.ModelFormat;
import fovea.contract.session.SessionStatus;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Models that were made elsewhere: a session that has none yet is completed by its first. */
public final class ImportedModels {
  private static final Set<SessionStatus> OPEN =
      EnumSet.of(SessionStatus.CREATED, SessionStatus.UPLOADING, SessionStatus.COMPLETED);

  private final Handle handle;
  private final Audit audit;

  ImportedModels(Handle handle, Audit audit) {
    this.handle = handle;
    this.audit = audit;
  }

  /**
   * Which version a file is or would be.
   *
   * @param sha256 64 lower-case hexadecimal digits
   */
  public Slot slot(UUID session, ModelFormat format, String sha256) {
    SessionStatus status = Sessions.lock(handle, session);
    Optional<Integer> known =
        handle
            .createQuery(
                """
                SELECT max(version) FROM models
                WHERE session_id = :session AND format = :format AND sha256 = :sha256
                """)
            .bind("session", session)
            .bind("format", format.word())
            .bind("sha256", sha256)
            .mapTo(Integer.class)
            .findOne();
    if (known.isPresent()) {
      return new Slot(known.get(), true);
    }
    if (!OPEN.contains(status)) {
      throw Mistakes.sessionClosed(status.word());
    }
    int next =
        handle
            .createQuery(
                "SELECT coalesce(max(version), 0) + 1 FROM models WHERE session_id = :session")
            .bind("session", session)
            .mapTo(Integer.class)
            .one();
    return new Slot(next, false);
  }

  /**
   * Registers a file that lies in the store; does nothing where it is registered.
   *
   * @throws fovea.contract.errors.CallerMistake where another file took the version meanwhile
   */
  public void register(UUID session, ModelArtifact model) {
    Slot slot = slot(session, model.format(), model.sha256());
    if (slot.taken()) {
      return;
    }
    if (!model.key().path().contains("/" + slot.version() + "/")) {
      throw Mistakes.versionTaken();
    }
    insert(session, model, slot.version());
    handle
        .createUpdate(
            """
            UPDATE sessions SET status = 'completed', percent = 100, stage = NULL,
              model_url = coalesce(model_url, :key), model_format = coalesce(model_format, :format),
              completed_at = coalesce(completed_at, now()), updated_at = now()
            WHERE id = :session
            """)
        .bind("key", model.key().path())
        .bind("format", model.format().word())
        .bind("session", session)
        .execute();
    audit.record("import_model", "sessions", session);
  }

  private void insert(UUID session, ModelArtifact model, int version) {
    handle
        .createUpdate(
            """
            INSERT INTO models (organization_id, session_id, file_url, file_size, sha256, format,
              version, metadata)
            SELECT organization_id, id, :key, :bytes, :sha256, :format, :version,
              jsonb_build_object('imported', true)
            FROM sessions WHERE id = :session
            """)
        .bind("session", session)
        .bind("key", model.key().path())
        .bind("bytes", model.bytes())
        .bind("sha256", model.sha256())
        .bind("format", model.format().word())
        .bind("version", version)
        .execute();
  }

  /**
   * A place among the versions of a model.
   *
   * @param taken whether the very file is there
   */
  public record Slot(int version, boolean taken) {}
}
