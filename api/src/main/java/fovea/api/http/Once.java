package fovea.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.registry.Actor;
import fovea.registry.Answer;
import fovea.registry.ApiRegistry;
import fovea.registry.Repetitions.Begun;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests with an {@code Idempotency-Key} are done once: sent again they get the same answer. One
 * that failed left nothing, and is done when it is sent again.
 */
public final class Once {
  /** What a caller makes up for each request. */
  public static final String HEADER = "Idempotency-Key";

  private final ApiRegistry registry;
  private final Function<Context, Actor> caller;

  public Once(ApiRegistry registry, Function<Context, Actor> caller) {
    this.registry = registry;
    this.caller = caller;
  }

  /** The same, done once for each key. */
  public Handler of(Handler handler) {
    return context -> {
      String key = context.header(HEADER);
      if (key == null) {
        handler.handle(context);
      } else {
        once(context, checked(key), handler);
      }
    };
  }

  private void once(Context context, String key, Handler handler) throws Exception {
    Actor actor = caller.apply(context);
    String route = context.method() + " " + Requests.path(context);
    String request = request(context, route);
    Begun begun = registry.inOrganization(actor, s -> s.repetitions().begin(route, key, request));
    if (begun.before().isPresent()) {
      repeat(context, begun.before().get());
      return;
    }
    try {
      handler.handle(context);
    } catch (Exception failed) {
      end(actor, begun, Optional.empty());
      throw failed;
    }
    end(actor, begun, answer(context));
  }

  private void end(Actor actor, Begun begun, Optional<Answer> answer) {
    registry.inOrganization(
        actor,
        stores -> {
          answer.ifPresentOrElse(
              given -> stores.repetitions().finish(begun.id(), given),
              () -> stores.repetitions().abandon(begun.id()));
          return begun;
        });
  }

  private static void repeat(Context context, Answer answer) {
    context.header("Idempotency-Replayed", "true").status(answer.status());
    if (!answer.text().isEmpty()) {
      context.result(answer.text()).contentType(answer.mediaType());
    }
  }

  private static Optional<Answer> answer(Context context) {
    @Nullable String mediaType = context.res().getContentType();
    @Nullable String text = context.result();
    return Optional.of(
            new Answer(
                context.statusCode(), mediaType == null ? "" : mediaType, text == null ? "" : text))
        .filter(answer -> answer.status() < 500);
  }

  private static String request(Context context, String route) {
    MessageDigest digest = Sha256.digest();
    digest.update(route.getBytes(UTF_8));
    digest.update((byte) 0);
    digest.update(Body.content(context));
    return Sha256.hex(digest);
  }

  private static String checked(String key) {
    if (!key.matches("[\\x21-\\x7e]{1,255}")) {
      throw new CallerMistake(
          "bad-idempotency-key",
          HEADER + " must be 1 to 255 printable characters without spaces",
          "A random UUID for each request does");
    }
    return key;
  }
}
