package fovea.api.http;

import fovea.contract.errors.CallerMistake;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error as a problem document: its code is stable, its sentence is for people. */
public final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  /** The mistakes that are not 400. */
  static final Map<String, Integer> STATUS =
      Map.ofEntries(
          Map.entry("not-found", 404),
          Map.entry("quota-exceeded", 403),
          Map.entry("body-too-large", 413),
          Map.entry("session-closed", 409),
          Map.entry("session-empty", 409),
          Map.entry("session-not-failed", 409),
          Map.entry("name-taken", 409),
          Map.entry("version-taken", 409),
          Map.entry("reference-taken", 409),
          Map.entry("patient-has-data", 409),
          Map.entry("request-in-progress", 409),
          Map.entry("precondition-failed", 412),
          Map.entry("key-reused", 422),
          Map.entry("last-admin", 409),
          Map.entry("second-factor-kept", 409),
          Map.entry("too-many-files", 409),
          Map.entry("uploads-incomplete", 409),
          Map.entry("upload-missing", 409),
          Map.entry("upload-size-differs", 409),
          Map.entry("upload-hash-differs", 409),
          Map.entry("parts-missing", 409));

  private Errors() {}

  public static void addTo(RoutesConfig routes) {
    routes.exception(CallerMistake.class, Errors::mistake);
    routes.exception(Refusal.class, Errors::refusal);
    routes.exception(HttpResponseException.class, Errors::http);
    routes.exception(ConnectionException.class, (down, context) -> registry(context, down));
    routes.exception(JdbiException.class, Errors::database);
    routes.exception(UncheckedIOException.class, Errors::objects);
    routes.exception(Exception.class, Errors::fault);
  }

  private static void mistake(CallerMistake mistake, Context context) {
    int status = STATUS.getOrDefault(mistake.code(), 400);
    answer(context, status, mistake.code(), String.valueOf(mistake.getMessage()));
  }

  private static void refusal(Refusal refusal, Context context) {
    answer(context, refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
  }

  private static void http(HttpResponseException refused, Context context) {
    switch (refused.getStatus()) {
      case 404 -> answer(context, 404, "no-such-route", "There is nothing at this path.");
      case 405 -> {
        context.header("Allow", refused.getDetails().getOrDefault("availableMethods", ""));
        answer(context, 405, "no-such-method", "This path does not take this method.");
      }
      default ->
          answer(
              context,
              refused.getStatus(),
              "http-" + refused.getStatus(),
              String.valueOf(refused.getMessage()));
    }
  }

  // SQL state 08: the connection; 57: the server is shutting down; 53: it has no room.
  private static void database(JdbiException failed, Context context) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        if (state.startsWith("08") || state.startsWith("57") || state.startsWith("53")) {
          registry(context, failed);
          return;
        }
      }
    }
    fault(failed, context);
  }

  private static void registry(Context context, Exception down) {
    LOG.warn("registry unavailable: {}", String.valueOf(down.getMessage()));
    unavailable(context, "registry-unavailable");
  }

  private static void objects(UncheckedIOException down, Context context) {
    LOG.warn("object store unavailable: {}", String.valueOf(down.getMessage()));
    unavailable(context, "objects-unavailable");
  }

  private static void unavailable(Context context, String code) {
    context.header("Retry-After", "5");
    answer(context, 503, code, "A store does not answer at the moment. Try again in some seconds.");
  }

  private static void fault(Exception fault, Context context) {
    String incident = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    LOG.error("incident {} at {} {}", incident, context.method(), Requests.path(context), fault);
    answer(
        context,
        500,
        "internal-error",
        "Something went wrong on our side. Tell the operator this incident: " + incident + ".");
  }

  private static void answer(Context context, int status, String code, String sentence) {
    context.status(status).json(Problem.of(status, code, sentence)).contentType(Problem.MEDIA_TYPE);
  }
}
