package fovea.api.operations;

import fovea.api.identity.Access;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was read and what was refused, one record each, before the answer leaves: an answer that
 * cannot be recorded is not given. What is changed is recorded by the stores, in the transaction of
 * the change.
 */
public final class AuditTrail {
  private static final Pattern ID =
      Pattern.compile("/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

  private final ApiRegistry registry;

  public AuditTrail(ApiRegistry registry) {
    this.registry = registry;
  }

  /** Runs after every route. */
  public void record(Context context) {
    Access.caller(context).ifPresent(actor -> record(context, actor));
  }

  private void record(Context context, Actor actor) {
    int status = context.statusCode();
    // Too many requests (429) would be too many records: they are counted as security events.
    boolean refused = status >= 400 && status < 500 && status != 429;
    // Who watches is recorded before the stream begins, which may never end.
    boolean stream = String.valueOf(context.res().getContentType()).startsWith("text/event-stream");
    boolean read = context.method() == HandlerType.GET && status < 400 && !stream;
    if (!refused && !read) {
      return;
    }
    String route = context.endpoints().matchedHttpEndpoint().path;
    String operation = operation(context.method(), route);
    String table = resource(route).replace('-', '_');
    UUID row = lastId(context.path());
    registry.inOrganization(
        actor,
        stores -> {
          if (refused) {
            stores.audit().recordRefusal(operation, table, row);
          } else {
            stores.audit().record(operation, table, row);
          }
          return actor;
        });
  }

  /** For example {@code read_patient}, {@code read_sessions}, {@code post_submit}. */
  static String operation(HandlerType method, String route) {
    String verb = method == HandlerType.GET ? "read" : method.name().toLowerCase(Locale.ROOT);
    String resource = resource(route).replace('-', '_');
    boolean one = route.endsWith("}") && resource.endsWith("s");
    return verb + "_" + (one ? resource.substring(0, resource.length() - 1) : resource);
  }

  // The last part of the route that is no parameter.
  private static String resource(String route) {
    String plain = route.replaceAll("/\\{[^}]*\\}", "");
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  private static @Nullable UUID lastId(String path) {
    UUID last = null;
    for (Matcher ids = ID.matcher(path); ids.find(); ) {
      last = UUID.fromString(ids.group(1));
    }
    return last;
  }
}
