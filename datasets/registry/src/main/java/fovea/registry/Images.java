package fovea.registry;

import fovea.contract.capture.ObjectKey;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Retinal photographs. */
public final class Images {
  private final Handle handle;
  private final Actor actor;
  private final Audit audit;

  Images(Handle handle, Actor actor, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.audit = audit;
  }

  /**
   * Registers an upload, or finds an image of the same declared hash that has arrived already: then
   * the answer is not {@link Upload#awaited()}.
   *
   * @param day becomes part of the object's key
   */
  public Upload request(UUID eye, NewImage image, LocalDate day) {
    new Eyes(handle, actor, audit).require(eye);
    return arrived(image.sha256()).orElseGet(() -> insert(eye, image, day));
  }

  /** An image of the actor's organisation. */
  public Optional<Upload> find(UUID id) {
    return handle
        .createQuery("SELECT " + Upload.COLUMNS + " FROM fundus_images WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> Upload.of(row))
        .findOne();
  }

  // What was quarantined with exactly these bytes would be again: its verdict stands. A file that
  // never arrived, or arrived changed, has another hash or none and may come once more.
  private Optional<Upload> arrived(@Nullable String sha256) {
    return handle
        .createQuery(
            "SELECT "
                + Upload.COLUMNS
                + """
                 FROM fundus_images
                WHERE coalesce(sha256, declared_sha256) = :sha256
                  AND (status IN ('uploaded', 'accepted', 'expanded')
                       OR (status = 'quarantined' AND sha256 = :sha256))
                ORDER BY created_at, id LIMIT 1
                """)
        .bind("sha256", sha256)
        .map((row, context) -> Upload.of(row))
        .findOne();
  }

  private Upload insert(UUID eye, NewImage image, LocalDate day) {
    UUID id = UUID.randomUUID();
    Upload made =
        handle
            .createQuery(
                """
                INSERT INTO fundus_images (id, organization_id, eye_id, object_key, media_type,
                  bytes, declared_sha256, camera, dr_grade, diagnosis, created_by)
                VALUES (:id, :organization, :eye, :key, :mediaType, :bytes, :sha256, :camera,
                  :grade, :diagnosis, :user)
                RETURNING\s"""
                    + Upload.COLUMNS)
            .bind("id", id)
            .bind("organization", actor.organization())
            .bind("eye", eye)
            .bind("key", ObjectKey.fundus(day, actor.organization(), id).path())
            .bind("mediaType", image.mediaType())
            .bind("bytes", image.bytes())
            .bind("sha256", image.sha256())
            .bind("camera", image.camera())
            .bind("grade", image.drGrade())
            .bind("diagnosis", image.diagnosis())
            .bind("user", actor.user())
            .map((row, context) -> Upload.of(row))
            .one();
    audit.record("request_upload", "fundus_images", id);
    return made;
  }

  /**
   * An image to be uploaded.
   *
   * @param sha256 64 lower-case hexadecimal digits
   * @param drGrade grade of diabetic retinopathy, 0 to 4
   */
  public record NewImage(
      String mediaType,
      long bytes,
      @Nullable String sha256,
      @Nullable String camera,
      @Nullable Integer drGrade,
      @Nullable String diagnosis) {}
}
