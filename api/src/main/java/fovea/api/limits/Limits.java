package fovea.api.limits;

import com.github.benmanes.caffeine.cache.Ticker;
import fovea.api.http.ClientAddress;
import fovea.api.http.Refusal;
import fovea.api.identity.Access;
import fovea.api.limits.Counter.Count;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import redis.clients.jedis.RedisClient;

/**
 * Holds callers to the limits: users by their id, whoever has no token by the address. The answer's
 * {@code RateLimit} headers tell what is left (draft-ietf-httpapi-ratelimit-headers-10); 429 with
 * {@code Retry-After} where nothing is.
 */
public final class Limits implements AutoCloseable {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final LimitSettings settings;
  private final ClientAddress address;
  private final Counter counter;

  private Limits(LimitSettings settings, ClientAddress address, Counter counter) {
    this.settings = settings;
    this.address = address;
    this.counter = counter;
  }

  /** Counts in this process, or in Redis where the settings name one. */
  public static Limits of(LimitSettings settings, ClientAddress address) {
    LocalCounter local = new LocalCounter(Ticker.systemTicker());
    return new Limits(
        settings,
        address,
        settings
            .redis()
            .<Counter>map(url -> new RedisCounter(RedisClient.create(URI.create(url)), local))
            .orElse(local));
  }

  /** Runs before every route, when it is known who calls. */
  public void check(Context context) {
    Optional<UUID> user = Access.caller(context).map(actor -> actor.user());
    if (!settings.enabled() || user.filter(settings.unlimited()::contains).isPresent()) {
      return;
    }
    List<Limit> limits = holding(context.method(), context.endpoints().matchedHttpEndpoint().path);
    String who = user.map(UUID::toString).orElseGet(() -> address.of(context));
    List<String> left = new ArrayList<>();
    context.header(
        "RateLimit-Policy", limits.stream().map(Limit::policy).collect(Collectors.joining(", ")));
    for (Limit limit : limits) {
      Count count = counter.take(who, limit);
      long seconds = (count.millis() + 999) / 1_000;
      left.add("\"%s\";r=%d;t=%d".formatted(limit.name(), count.remaining(), seconds));
      context.header("RateLimit", String.join(", ", left));
      if (!count.taken()) {
        context.header("Retry-After", Long.toString(seconds));
        throw Refusal.tooManyRequests(limit.name());
      }
    }
  }

  private List<Limit> holding(HandlerType method, String route) {
    List<Limit> limits = new ArrayList<>();
    if (route.startsWith("/v1/health") || route.equals("/metrics")) {
      return limits;
    }
    limits.add(new Limit("minute", settings.requests(), MINUTE));
    boolean image = method == HandlerType.POST && route.equals("/v1/eyes/{id}/images");
    if (route.startsWith("/v1/patients") || route.startsWith("/v1/eyes")) {
      limits.add(new Limit("patients", settings.patients(), HOUR));
    }
    if (image) {
      limits.add(new Limit("images", settings.images(), HOUR));
    }
    if (image || (method == HandlerType.POST && route.equals("/v1/sessions"))) {
      limits.add(new Limit("uploads", settings.objects(), HOUR));
    }
    if (method == HandlerType.GET
        && (route.startsWith("/v1/training-runs") || route.startsWith("/v1/models"))) {
      limits.add(new Limit("learning", settings.learning(), HOUR));
    }
    return limits;
  }

  @Override
  public void close() {
    counter.close();
  }
}
