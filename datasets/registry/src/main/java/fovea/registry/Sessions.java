package fovea.registry;

import fovea.contract.session.SessionStatus;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Photo sessions of one organisation. */
public final class Sessions {
  private final Handle handle;
  private final Actor actor;
  private final NameCipher names;
  private final Audit audit;

  Sessions(Handle handle, Actor actor, NameCipher names, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.names = names;
    this.audit = audit;
  }

  /** Makes a session, or finds the one of the same session id. */
  public Made create(NewSession session) {
    UUID id = UUID.randomUUID();
    String sessionId = session.sessionId() == null ? id.toString() : session.sessionId();
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO sessions (id, organization_id, session_id, patient_name, patient_id,
                  created_by, metadata)
                VALUES (:id, :organization, :sessionId, :name, :patient, :user,
                  CAST(:metadata AS jsonb))
                ON CONFLICT (organization_id, session_id) DO NOTHING
                """)
            .bind("id", id)
            .bind("organization", actor.organization())
            .bind("sessionId", sessionId)
            .bind(
                "name",
                session.patientName() == null ? null : names.encrypt(session.patientName(), id))
            .bind("patient", session.patientId())
            .bind("user", actor.user())
            .bind("metadata", session.metadataJson())
            .execute();
    if (inserted == 0) {
      return new Made(withSessionId(sessionId), false);
    }
    audit.record("create_session", "sessions", id);
    return new Made(id, true);
  }

  /** A session by its id. */
  public Optional<Session> find(UUID id) {
    return handle
        .createQuery(Session.SELECT + " WHERE s.id = :id")
        .bind("id", id)
        .map((row, context) -> Session.of(row))
        .findOne();
  }

  /** Sessions, the newest first. */
  public Page<Session> page(Filter filter, PageRequest request) {
    return Listing.of(handle, Session.SELECT, "s")
        .where("s.status = :status", "status", filter.status().map(SessionStatus::word))
        .where("s.session_id = :sessionId", "sessionId", filter.sessionId())
        .where(filter.made())
        .newestFirst(
            request, (row, context) -> Session.of(row), s -> new Position(s.createdAt(), s.id()));
  }

  /** Declares a session complete; does nothing where it was declared before. */
  public Session submit(UUID id) {
    SessionStatus status = lock(handle, id);
    switch (status) {
      case CREATED -> throw Mistakes.sessionEmpty();
      case UPLOADING -> complete(id);
      case FAILED, CANCELLED -> throw Mistakes.sessionClosed(status.word());
      case UPLOADED, INGESTED, PROCESSING, COMPLETED -> {}
    }
    return find(id).orElseThrow(() -> Mistakes.unknown("session"));
  }

  /**
   * Withdraws a session: at once where nobody works on it, else as soon as its worker hears of it.
   * Does nothing where it was withdrawn before.
   */
  public Session cancel(UUID id) {
    SessionStatus status = lock(handle, id);
    switch (status) {
      case COMPLETED, FAILED -> throw Mistakes.sessionClosed(status.word());
      case CREATED, UPLOADING, UPLOADED, INGESTED, PROCESSING -> withdraw(id);
      case CANCELLED -> {}
    }
    return find(id).orElseThrow(() -> Mistakes.unknown("session"));
  }

  private void withdraw(UUID id) {
    handle
        .createUpdate(
            """
            UPDATE sessions SET cancel_requested_at = coalesce(cancel_requested_at, now()),
              status = CASE status WHEN 'processing' THEN status ELSE 'cancelled' END,
              updated_at = now()
            WHERE id = :id
            """)
        .bind("id", id)
        .execute();
    audit.record("cancel_session", "sessions", id);
  }

  // The row's lock keeps files from being added while the session is being submitted.
  static SessionStatus lock(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT status FROM sessions WHERE id = :id FOR UPDATE")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(SessionStatus::of)
        .orElseThrow(() -> Mistakes.unknown("session"));
  }

  private void complete(UUID id) {
    int pending = count(id, "status = 'requested'");
    if (pending > 0) {
      throw Mistakes.uploadsIncomplete(pending);
    }
    if (count(id, "kind = 'photo' AND status <> 'abandoned'") == 0) {
      throw Mistakes.sessionEmpty();
    }
    handle
        .createUpdate(
            """
            UPDATE sessions SET status = 'uploaded', updated_at = now()
            WHERE id = :id AND status = 'uploading'
            """)
        .bind("id", id)
        .execute();
    audit.record("submit_session", "sessions", id);
  }

  private int count(UUID id, String condition) {
    return handle
        .createQuery("SELECT count(*) FROM session_files WHERE session_id = :id AND " + condition)
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  private UUID withSessionId(String sessionId) {
    return handle
        .createQuery("SELECT id FROM sessions WHERE session_id = :sessionId")
        .bind("sessionId", sessionId)
        .mapTo(UUID.class)
        .one();
  }

  /**
   * Which sessions.
   *
   * @param sessionId what the uploader calls it
   */
  public record Filter(Optional<SessionStatus> status, Optional<String> sessionId, Period made) {
    /** All of them. */
    public static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), Period.ALWAYS);
  }

  /**
   * A session to be made.
   *
   * @param sessionId what the uploader calls it; null: its own id
   * @param metadataJson a JSON object
   */
  public record NewSession(
      @Nullable String sessionId,
      @Nullable String patientId,
      @Nullable String patientName,
      @Nullable String metadataJson) {

    /** Without anything that tells who it is. */
    @Override
    public String toString() {
      return "a new session";
    }
  }
}
