package fovea.registry;

import fovea.contract.model.ModelArtifact;
import fovea.registry.JobRegistry.PendingSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Who reconstructs a session. A worker claims it for a time and renews the claim while it works;
 * one whose time ran out may be claimed by another. Times are the database's, so that clocks of
 * machines do not matter. What is told under a lease that another holds by now changes nothing.
 */
public final class SessionLeases {
  private static final String MINE =
      " WHERE id = :session AND status = 'processing' AND lease_holder = :holder";
  private static final String FREE =
      "(status = 'ingested' OR status = 'processing' AND coalesce(lease_until, '-infinity') <"
          + " now())";

  private final Jdbi jdbi;

  SessionLeases(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Sessions that nobody works on and that may be tried, oldest first. */
  public List<PendingSession> waiting(int most, int mostTries) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT id, organization_id FROM sessions WHERE "
                        + FREE
                        + " AND tries < :tries ORDER BY created_at, id LIMIT :most")
                .bind("tries", mostTries)
                .bind("most", most)
                .map(
                    (row, context) ->
                        new PendingSession(
                            row.getObject("id", UUID.class),
                            row.getObject("organization_id", UUID.class)))
                .list());
  }

  /**
   * Takes a session; empty where another has it, it has ended, or it was tried too often.
   *
   * @param time how long this is believed without a word
   */
  public Optional<Lease> claim(UUID session, Duration time, int mostTries) {
    UUID holder = UUID.randomUUID();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    WITH taken AS (
                      UPDATE sessions SET status = 'processing', stage = 'starting', percent = 0,
                        psnr = NULL, tries = tries + 1, lease_holder = :holder,
                        lease_until = now() + make_interval(secs => :seconds), updated_at = now()
                      WHERE id = :session AND tries < :tries AND cancel_requested_at IS NULL
                        AND %s
                      RETURNING id, tries)
                    SELECT tries, tries + coalesce(
                      (SELECT max(version) FROM models WHERE session_id = taken.id), 0) AS version
                    FROM taken
                    """
                        .formatted(FREE))
                .bind("session", session)
                .bind("holder", holder)
                .bind("seconds", time.toMillis() / 1000.0)
                .bind("tries", mostTries)
                .map(
                    (row, context) ->
                        new Lease(session, holder, row.getInt("tries"), row.getInt("version")))
                .findOne());
  }

  /** Says that the holder is alive and asks how it stands with the session. */
  public Standing renew(Lease lease, Duration time) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE sessions SET lease_until = now() + make_interval(secs => :seconds)
                    %s RETURNING cancel_requested_at IS NOT NULL
                    """
                        .formatted(MINE))
                .bind("seconds", time.toMillis() / 1000.0)
                .bind("session", lease.session())
                .bind("holder", lease.holder())
                .mapTo(Boolean.class)
                .findOne()
                .map(cancel -> cancel ? Standing.CANCEL : Standing.HELD)
                .orElse(Standing.LOST));
  }

  /**
   * Says how far a reconstruction is.
   *
   * @param percent 0 to 100
   * @param psnr decibels on the photographs in training; empty before training
   */
  public void progress(Lease lease, String stage, int percent, Optional<Double> psnr) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "UPDATE sessions SET stage = left(:stage, 50), percent = :percent,"
                        + " psnr = coalesce(:psnr, psnr), updated_at = now()"
                        + MINE)
                .bind("stage", stage)
                .bind("percent", Math.max(0, Math.min(100, percent)))
                .bind("psnr", psnr.orElse(null))
                .bind("session", lease.session())
                .bind("holder", lease.holder())
                .execute());
  }

  /** Ends a try without an end of the session: another may claim it at once. */
  public void release(Lease lease, String reason) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "UPDATE sessions SET lease_until = now() - interval '1 microsecond',"
                        + " last_fault = :reason, updated_at = now()"
                        + MINE)
                .bind("reason", reason)
                .bind("session", lease.session())
                .bind("holder", lease.holder())
                .execute());
  }

  /**
   * Publishes the files of a model and completes the session, in one transaction. Telling it again
   * changes nothing.
   *
   * @param files the first is the one the session names
   * @param metricsJson a JSON object, for example {@code {"psnr": 31.2}}
   * @throws IllegalStateException where another holds the session by now
   */
  public void complete(Lease lease, List<ModelArtifact> files, String metricsJson) {
    jdbi.useTransaction(handle -> Publication.publish(handle, lease, files, metricsJson));
  }

  /** Ends a session without a model. */
  public void fail(Lease lease, String reason) {
    jdbi.useTransaction(handle -> SessionEnds.end(handle, lease, "failed", reason));
  }

  /** Ends a session whose end a person asked for. */
  public void cancel(Lease lease) {
    jdbi.useTransaction(handle -> SessionEnds.end(handle, lease, "cancelled", null));
  }

  /**
   * Ends the sessions that nobody works on and that may not be tried again: those tried too often
   * as {@code failed} with the reason of the last try, those withdrawn as {@code cancelled}.
   */
  public List<Ended> settle(int mostTries) {
    return jdbi.inTransaction(handle -> SessionEnds.settle(handle, mostTries));
  }

  /** How it stands with a session one holds. */
  public enum Standing {
    /** Go on. */
    HELD,
    /** A person wants it to end. */
    CANCEL,
    /** Another has it, or it has ended. */
    LOST
  }

  /**
   * A claim.
   *
   * @param attempt from 1
   * @param version of the model this try would make: another one for every try, so that no file is
   *     ever written twice
   */
  public record Lease(UUID session, UUID holder, int attempt, int version)
      implements java.io.Serializable {}

  /**
   * A session that was ended without a model.
   *
   * @param status {@code failed} or {@code cancelled}
   * @param reason empty where it was cancelled
   */
  public record Ended(
      UUID session, UUID organization, String status, String reason, int attempts) {}
}
