package fovea.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lists of retinal photographs. */
public final class ImageLists {
  private static final String SELECT =
      """
      SELECT i.id, i.eye_id, i.status, i.reason_code, i.media_type, i.bytes, i.camera, i.dr_grade,
        i.diagnosis, i.created_at, i.uploaded_at
      FROM fundus_images i
      """;

  private final Handle handle;

  ImageLists(Handle handle) {
    this.handle = handle;
  }

  /** Photographs, the newest first. */
  public Page<Image> page(Filter filter, PageRequest request) {
    return Listing.of(handle, SELECT, "i")
        .where("i.eye_id = :eye", "eye", filter.eye())
        .where("i.status = :status", "status", filter.status())
        .where(filter.made())
        .newestFirst(
            request, (row, context) -> image(row), i -> new Position(i.createdAt(), i.id()));
  }

  private static Image image(ResultSet row) throws SQLException {
    return new Image(
        row.getObject("id", UUID.class),
        row.getObject("eye_id", UUID.class),
        row.getString("status"),
        row.getString("reason_code"),
        row.getString("media_type"),
        row.getLong("bytes"),
        row.getString("camera"),
        row.getObject("dr_grade", Integer.class),
        row.getString("diagnosis"),
        Listing.instant(row, "created_at"),
        Listing.instantOrNull(row, "uploaded_at"));
  }

  /** Which photographs. */
  public record Filter(Optional<UUID> eye, Optional<String> status, Period made) {}

  /**
   * One photograph.
   *
   * @param status as {@link Upload#status()}
   * @param reasonCode why it was kept out; null where it was not
   * @param drGrade grade of diabetic retinopathy, 0 to 4
   */
  public record Image(
      UUID id,
      UUID eye,
      String status,
      @Nullable String reasonCode,
      String mediaType,
      long bytes,
      @Nullable String camera,
      @Nullable Integer drGrade,
      @Nullable String diagnosis,
      Instant createdAt,
      @Nullable Instant uploadedAt) {}
}
