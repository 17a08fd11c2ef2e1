package fovea.api.operations;

import io.javalin.http.Context;
import java.util.Objects;
import java.util.UUID;

/** A name for every request, the caller's own where it is a sane one, in the answer and the log. */
public final class RequestIds {
  private static final String HEADER = "X-Request-Id";

  private RequestIds() {}

  /** Runs before everything else. */
  public static void give(Context context) {
    String given = context.header(HEADER);
    String id =
        given != null && given.matches("[A-Za-z0-9._-]{8,64}")
            ? given
            : UUID.randomUUID().toString();
    context.attribute(HEADER, id);
    context.header(HEADER, id);
  }

  /** The request's name. */
  public static String of(Context context) {
    return Objects.requireNonNullElse(context.<String>attribute(HEADER), "none");
  }
}
