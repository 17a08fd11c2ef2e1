package fovea.registry;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How the content of uploads arrives, or does not: images and files of sessions alike. */
public final class Arrivals {
  /** Where an upload is registered. */
  public enum Table {
    /** Retinal photographs. */
    FUNDUS_IMAGES,
    /** Photographs and poses of sessions. */
    SESSION_FILES;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Handle handle;
  private final Audit audit;
  private final String table;

  Arrivals(Handle handle, Audit audit, Table table) {
    this.handle = handle;
    this.audit = audit;
    this.table = table.word();
  }

  /** Says that the content has arrived; changes nothing where that is known. */
  public void markUploaded(UUID id) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE %s SET status = 'uploaded', uploaded_at = now(), multipart_id = NULL
                WHERE id = :id AND status = 'requested'
                """
                    .formatted(table))
            .bind("id", id)
            .execute();
    if (changed == 1) {
      audit.record("complete_upload", table, id);
    }
  }

  /**
   * Keeps the store's name of an upload in parts, and that somebody still cares.
   *
   * @param known the name that is replaced; null for the first
   * @return the name that counts: another's, where two asked at once; empty where it is not awaited
   */
  public Optional<String> keepMultipart(UUID id, @Nullable String known, String multipart) {
    return handle
        .createQuery(
            """
            UPDATE %s SET asked_at = clock_timestamp(), multipart_id =
              CASE WHEN multipart_id IS NOT DISTINCT FROM :known THEN :multipart
                   ELSE multipart_id END
            WHERE id = :id AND status = 'requested' RETURNING multipart_id
            """
                .formatted(table))
        .bind("id", id)
        .bind("known", known)
        .bind("multipart", multipart)
        .mapTo(String.class)
        .findOne();
  }

  /**
   * Has what lies under an upload's key looked at, and removed where it is wrong, while nobody can
   * declare it complete.
   *
   * @param removal called only where the upload is awaited; whether it removed anything
   */
  public void discard(UUID id, Predicate<Upload> removal) {
    boolean removed =
        handle
            .createQuery(
                "SELECT %s FROM %s WHERE id = :id AND status = 'requested' FOR UPDATE"
                    .formatted(Upload.COLUMNS, table))
            .bind("id", id)
            .map((row, context) -> Upload.of(row))
            .findOne()
            .filter(removal)
            .isPresent();
    if (removed) {
      handle.execute("UPDATE " + table + " SET multipart_id = NULL WHERE id = ?", id);
    }
  }

  /**
   * Gives up uploads that nobody asked for any more, oldest first; what another process has in its
   * hands is left to it.
   *
   * @param age since their URL was last asked for
   * @param removal of what has arrived of them
   * @return how many
   */
  public int abandon(Duration age, int most, Consumer<Upload> removal) {
    List<Upload> old =
        handle
            .createQuery(
                """
                SELECT %s FROM %s WHERE status = 'requested'
                  AND asked_at < now() - make_interval(secs => :seconds)
                ORDER BY asked_at LIMIT :most FOR UPDATE SKIP LOCKED
                """
                    .formatted(Upload.COLUMNS, table))
            .bind("seconds", age.toMillis() / 1000.0)
            .bind("most", most)
            .map((row, context) -> Upload.of(row))
            .list();
    for (Upload upload : old) {
      removal.accept(upload);
      handle.execute(
          "UPDATE " + table + " SET status = 'abandoned', multipart_id = NULL WHERE id = ?",
          upload.id());
      audit.record("abandon_upload", table, upload.id());
    }
    return old.size();
  }
}
