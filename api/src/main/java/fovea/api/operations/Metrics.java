package fovea.api.operations;

import fovea.api.http.Operation;
import fovea.api.http.Refusal;
import fovea.registry.ApiRegistry;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * What Prometheus scrapes: requests, latencies, errors, the pool, the process. No ids, no names.
 */
public final class Metrics implements AutoCloseable {
  public static final Operation SHOW =
      Operation.of("Show how the API fares, to Prometheus")
          .answers(200, "text/plain", String.class);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final OperationSettings settings;

  public Metrics(OperationSettings settings, ApiRegistry registry) {
    this.settings = settings;
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    gauge("fovea.pool.active", "Connections to Postgres in use", () -> registry.pool().active());
    gauge("fovea.pool.idle", "Connections to Postgres at rest", () -> registry.pool().idle());
    gauge("fovea.pool.waiting", "Requests that wait for one", () -> registry.pool().waiting());
  }

  /** A number that is asked for at every scrape. */
  public void gauge(String name, String help, IntSupplier value) {
    Gauge.builder(name, value, IntSupplier::getAsInt).description(help).register(meters);
  }

  /** One answered request; its route, never its path, so that ids do not become series. */
  public void request(Context context, float milliseconds) {
    Endpoint endpoint = context.endpoints().lastHttpEndpoint();
    Timer.builder("fovea.http.requests")
        .description("Answered requests")
        .serviceLevelObjectives(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5))
        .tag("method", context.method().name())
        .tag("route", endpoint == null ? "none" : endpoint.path)
        .tag("status", Integer.toString(context.statusCode()))
        .register(meters)
        .record(Duration.ofNanos((long) (milliseconds * 1e6)));
  }

  /** Something that looked like an attack. */
  public void securityEvent(String kind) {
    meters.counter("fovea.security.events", "kind", kind).increment();
  }

  /** Shows them, to scrapers from known addresses. */
  public void show(Context context) {
    if (!settings.mayScrape(context)) {
      throw Refusal.notPermitted();
    }
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape());
  }

  @Override
  public void close() {
    meters.close();
  }
}
