package fovea.api.operations;

import fovea.api.http.Refusal;
import fovea.contract.errors.CallerMistake;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * What every request passes before its route is looked for: where it comes from, how much it says
 * it brings, and what browsers may do with the answer.
 */
public final class Gate {
  // Content goes to the object store: no route of the API takes more than some kilobytes.
  private static final long MOST_BYTES = 1 << 20;
  private static final String YEAR = "max-age=31536000; includeSubDomains";

  private final OperationSettings settings;

  public Gate(OperationSettings settings) {
    this.settings = settings;
  }

  public void pass(Context context) {
    harden(context);
    if (!settings.mayCall(context)) {
      throw Refusal.notPermitted();
    }
    if (context.req().getContentLengthLong() > MOST_BYTES) {
      context.header("Connection", "close");
      throw new CallerMistake(
          "body-too-large",
          "the body is larger than " + MOST_BYTES + " bytes",
          "Files go to the upload URL, not here");
    }
    share(context);
  }

  // Answers may hold names: nobody between here and the caller keeps them.
  private void harden(Context context) {
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    if (settings.isSecure(context)) {
      context.header("Strict-Transport-Security", YEAR);
    }
  }

  // CORS: a browser shows answers to pages of the origins that are named, and to no others.
  private void share(Context context) {
    String origin = context.header("Origin");
    if (origin == null || settings.origins().isEmpty()) {
      return;
    }
    context.header("Vary", "Origin");
    if (!settings.origins().contains(origin)) {
      return;
    }
    context.header("Access-Control-Allow-Origin", origin);
    context.header(
        "Access-Control-Expose-Headers",
        "RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, ETag, Link, Location");
    if (context.method() == HandlerType.OPTIONS) {
      context.header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
      context.header(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID, X-Request-Id");
      context.header("Access-Control-Max-Age", "600");
      context.status(204).skipRemainingHandlers();
    }
  }
}
