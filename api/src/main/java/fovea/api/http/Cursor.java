package fovea.api.http;

import fovea.registry.Page;
import fovea.registry.PageRequest;
import fovea.registry.Period;
import fovea.registry.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages of lists. Where one ended is a text that means nothing to its caller. */
public final class Cursor {
  /** What a page gave as next. */
  public static final Field<Optional<Position>> AFTER =
      Fields.text("after", 100)
          .reading(Cursor::position, "must be what a page gave as next")
          .meaning("What the page before gave as next; without it the list begins")
          .optional();

  /** Not made before. */
  public static final Field<Optional<Instant>> FROM =
      Fields.moment("createdFrom").meaning("Not made before this moment").optional();

  /** Made before. */
  public static final Field<Optional<Instant>> UNTIL =
      Fields.moment("createdUntil").meaning("Made before this moment").optional();

  private static final int BYTES = 3 * Long.BYTES;

  private Cursor() {}

  /** How many rows a page has. */
  public static Field<Integer> limit(int standard, int most) {
    return Fields.integer("limit", 1, most).meaning("Most rows of the page").orElse(standard);
  }

  /** Which page is asked for. */
  public static PageRequest request(Given query, Field<Integer> limit) {
    return new PageRequest(query.value(limit), query.value(AFTER));
  }

  /** From when rows are asked for. */
  public static Period period(Given query) {
    return new Period(query.value(FROM), query.value(UNTIL));
  }

  /** What the next page is asked for by; null where there is none. */
  public static @Nullable String next(Page<?> page) {
    return page.next().map(Cursor::text).orElse(null);
  }

  static String text(Position position) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.at()))
            .putLong(position.id().getMostSignificantBits())
            .putLong(position.id().getLeastSignificantBits());
    return Base64.getUrlEncoder().encodeToString(bytes.array());
  }

  static Optional<Position> position(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      return bytes.remaining() == BYTES
          ? Optional.of(
              new Position(
                  Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
                  new UUID(bytes.getLong(), bytes.getLong())))
          : Optional.empty();
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
