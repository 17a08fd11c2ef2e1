package fovea.registry;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Requests that carry a key, so that a caller may send one again without its being done again. A
 * key is its user's own, of one route, and lasts for a day. Answers lie encrypted.
 */
public final class Repetitions {
  private final Handle handle;
  private final Actor actor;
  private final NameCipher cipher;

  Repetitions(Handle handle, Actor actor, NameCipher cipher) {
    this.handle = handle;
    this.actor = actor;
    this.cipher = cipher;
  }

  /**
   * Whether a request is to be done. Of several that arrive at once one is told so, the others that
   * it is being done. A request whose process died is done again after a minute.
   *
   * @param route method and path
   * @param sha256 of everything that decides what is done
   * @throws fovea.contract.errors.CallerMistake {@code key-reused} where the key came with another
   *     request, {@code request-in-progress} where it is being done
   */
  public Begun begin(String route, String key, String sha256) {
    removeOld();
    Optional<UUID> begun =
        handle
            .createQuery(
                """
                INSERT INTO idempotency_keys AS k
                  (organization_id, user_id, route, key, request_sha256)
                VALUES (:organization, :user, :route, :key, :sha256)
                ON CONFLICT (organization_id, user_id, route, key) DO UPDATE SET begun_at = now()
                  WHERE k.status IS NULL AND k.request_sha256 = excluded.request_sha256
                    AND k.begun_at < now() - interval '1 minute'
                RETURNING id
                """)
            .bind("organization", actor.organization())
            .bind("user", actor.user())
            .bind("route", route)
            .bind("key", key)
            .bind("sha256", sha256)
            .mapTo(UUID.class)
            .findOne();
    return begun
        .map(id -> new Begun(id, Optional.empty()))
        .orElseGet(() -> before(route, key, sha256));
  }

  /** Keeps what a request was answered with. */
  public void finish(UUID id, Answer answer) {
    handle
        .createUpdate(
            """
            UPDATE idempotency_keys SET status = :status, media_type = :mediaType, answer = :answer
            WHERE id = :id
            """)
        .bind("status", answer.status())
        .bind("mediaType", answer.mediaType())
        .bind("answer", cipher.encrypt(answer.text(), id))
        .bind("id", id)
        .execute();
  }

  /** Forgets a request that came to nothing: it may be sent again. */
  public void abandon(UUID id) {
    handle
        .createUpdate("DELETE FROM idempotency_keys WHERE id = :id AND status IS NULL")
        .bind("id", id)
        .execute();
  }

  private Begun before(String route, String key, String sha256) {
    return handle
        .createQuery(
            """
            SELECT id, request_sha256, status, media_type, answer FROM idempotency_keys
            WHERE user_id = :user AND route = :route AND key = :key
            """)
        .bind("user", actor.user())
        .bind("route", route)
        .bind("key", key)
        .map(
            (row, context) -> {
              if (!row.getString("request_sha256").equals(sha256)) {
                throw Mistakes.keyReused();
              }
              UUID id = row.getObject("id", UUID.class);
              byte[] sealed = row.getBytes("answer");
              if (sealed == null) {
                throw Mistakes.requestInProgress();
              }
              return new Begun(
                  id,
                  Optional.of(
                      new Answer(
                          row.getInt("status"),
                          row.getString("media_type"),
                          cipher.decrypt(sealed, id))));
            })
        .findOne()
        .orElseThrow(Mistakes::requestInProgress);
  }

  private void removeOld() {
    handle.execute("DELETE FROM idempotency_keys WHERE begun_at < now() - interval '24 hours'");
  }

  /**
   * A request with a key.
   *
   * @param before what it was answered with the first time; empty where it is to be done now
   */
  public record Begun(UUID id, Optional<Answer> before) {}
}
