package fovea.api.limits;

import com.github.benmanes.caffeine.cache.Ticker;
import fovea.api.http.ClientAddress;
import fovea.api.identity.Access;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what single requests do not show: passwords that are tried, ids that are guessed,
 * records that are read by the hundred. Each finding is a row of {@code security_events} and a line
 * in the log; nothing is blocked by it.
 */
public final class SecurityWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SecurityWatch.class);

  private static final List<Suspicion> SUSPICIONS =
      List.of(
          new Suspicion(
              "failed-sign-ins",
              5,
              10,
              (c, route) -> c.statusCode() == 401 && route.equals("/v1/sign-in")),
          new Suspicion(
              "false-tokens",
              20,
              10,
              (c, route) -> c.statusCode() == 403 && Access.caller(c).isEmpty()),
          new Suspicion(
              "forbidden",
              10,
              10,
              (c, route) -> c.statusCode() == 403 && Access.caller(c).isPresent()),
          new Suspicion(
              "unknown-ids", 20, 10, (c, route) -> c.statusCode() == 404 && route.contains("{")),
          new Suspicion("bulk-reads", 300, 10, SecurityWatch::readsPatient),
          new Suspicion("too-many-requests", 50, 10, (c, route) -> c.statusCode() == 429));

  private final ApiRegistry registry;
  private final ClientAddress address;
  private final Consumer<String> findings;
  private final LocalCounter counter = new LocalCounter(Ticker.systemTicker());

  /**
   * @param findings is told the kind of each
   */
  public SecurityWatch(ApiRegistry registry, ClientAddress address, Consumer<String> findings) {
    this.findings = findings;
    this.registry = registry;
    this.address = address;
  }

  /** Runs after every route. */
  public void look(Context context) {
    String route = context.endpoints().matchedHttpEndpoint().path;
    for (Suspicion suspicion : SUSPICIONS) {
      if (suspicion.signs().test(context, route)) {
        count(context, suspicion);
      }
    }
  }

  private void count(Context context, Suspicion suspicion) {
    Optional<Actor> actor = Access.caller(context);
    String from = address.of(context);
    String who = actor.map(a -> a.user().toString()).orElse(from);
    if (counter.take(who, suspicion.limit()).remaining() > 0) {
      return;
    }
    counter.forget(who, suspicion.limit());
    findings.accept(suspicion.limit().name());
    LOG.warn("security event {}: {} from {}", suspicion.limit().name(), who, from);
    try {
      registry.recordSecurityEvent(
          suspicion.limit().name(),
          actor.map(Actor::organization),
          actor.map(Actor::user),
          from,
          suspicion.limit().most());
    } catch (RuntimeException unwritten) {
      LOG.error("a security event was not recorded", unwritten);
    }
  }

  private static boolean readsPatient(Context context, String route) {
    return context.method() == HandlerType.GET
        && context.statusCode() < 400
        && route.startsWith("/v1/patients/");
  }

  /** So many signs from one caller within so many minutes. */
  private record Suspicion(Limit limit, BiPredicate<Context, String> signs) {
    Suspicion(String kind, int signs, int minutes, BiPredicate<Context, String> sign) {
      this(new Limit(kind, signs, Duration.ofMinutes(minutes)), sign);
    }
  }
}
