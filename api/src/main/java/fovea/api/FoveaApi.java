package fovea.api;

import static fovea.api.http.Rule.CLINIC;
import static fovea.api.http.Rule.LEARNING;
import static fovea.api.http.Rule.RESEARCH;

import fovea.api.http.Errors;
import fovea.api.http.Json;
import fovea.api.http.Once;
import fovea.api.http.Requests;
import fovea.api.http.Route;
import fovea.api.identity.Access;
import fovea.api.identity.Tokens;
import fovea.api.limits.Limits;
import fovea.api.limits.SecurityWatch;
import fovea.api.live.LiveHub;
import fovea.api.notices.Courier;
import fovea.api.openapi.DocumentRoutes;
import fovea.api.operations.AuditTrail;
import fovea.api.operations.Gate;
import fovea.api.operations.HealthRoutes;
import fovea.api.operations.Listening;
import fovea.api.operations.Metrics;
import fovea.api.operations.RequestIds;
import fovea.api.uploads.AbandonedUploads;
import fovea.contract.errors.CallerMistake;
import fovea.objects.ObjectStore;
import fovea.registry.ApiRegistry;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API: the order in which a request passes its checks, and what lives as long as it
 * serves.
 */
public final class FoveaApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FoveaApi.class);

  private final ApiSettings settings;
  private final Access access;
  private final Limits limits;
  private final Metrics metrics;
  private final Gate gate;
  private final Listening listening;
  private final LiveHub hub;
  private final Courier courier;
  private final SecurityWatch watch;
  private final AuditTrail trail;
  private final HealthRoutes health;
  private final DocumentRoutes documents = new DocumentRoutes();
  private final Once once;
  private final AbandonedUploads abandoned;
  private final List<Route> routes;
  private final Javalin server;

  private FoveaApi(ApiSettings settings, ApiRegistry registry, ObjectStore objects, Tokens tokens) {
    this.settings = settings;
    this.access = new Access(registry, tokens, settings.identity());
    this.limits = Limits.of(settings.limits(), settings.operations().address());
    this.metrics = new Metrics(settings.operations(), registry);
    this.gate = new Gate(settings.operations());
    this.listening = new Listening(settings.host(), settings.port(), settings.operations());
    this.hub = new LiveHub(registry, settings.operations().heartbeat());
    this.courier = new Courier(registry, settings.notices());
    metrics.gauge("fovea.live.watchers", "Clients that watch sessions", hub::watchers);
    this.watch =
        new SecurityWatch(registry, settings.operations().address(), metrics::securityEvent);
    this.trail = new AuditTrail(registry);
    this.health = new HealthRoutes(registry, objects);
    this.once = new Once(registry, Access::actor);
    this.abandoned =
        new AbandonedUploads(
            registry, objects, settings.abandonedAfter().plus(settings.uploadLifetime()));
    this.routes =
        new RouteTable(settings, registry, objects, tokens, hub).all(health, documents, metrics);
    this.server = Javalin.create(this::configure);
  }

  /**
   * Starts to serve. The stores stay the caller's: close them after the API.
   *
   * @throws CallerMistake where the port is taken
   */
  public static FoveaApi start(
      ApiSettings settings, ApiRegistry registry, ObjectStore objects, Tokens tokens) {
    FoveaApi api = new FoveaApi(settings, registry, objects, tokens);
    try {
      api.server.start();
      api.hub.start();
      api.courier.start();
      api.abandoned.watch();
      return api;
    } catch (JavalinBindException taken) {
      throw new CallerMistake(
          "port-in-use",
          "port " + settings.port() + " of " + settings.host() + " cannot be listened on",
          "Give another with --port, or 0 for any free one");
    }
  }

  /** What is served. */
  List<Route> routes() {
    return routes;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "application/json";
    listening.configure(config.jetty);
    config.jsonMapper(new Json());
    config.requestLogger.http(this::log);
    config.routes.before(RequestIds::give);
    config.routes.before(gate::pass);
    config.routes.beforeMatched(access::check);
    config.routes.beforeMatched(limits::check);
    config.routes.afterMatched(trail::record);
    config.routes.afterMatched(watch::look);
    documents.describe(routes);
    for (Route route : routes) {
      config.routes.addHttpHandler(route.method(), route.path(), handler(route), route.rule());
    }
    Errors.addTo(config.routes);
  }

  // Answers that may hold secrets of an account are not kept to be given again.
  private Handler handler(Route route) {
    boolean kept = Set.of(CLINIC, RESEARCH, LEARNING).contains(route.rule());
    return kept && route.method() == HandlerType.POST ? once.of(route.handler()) : route.handler();
  }

  private void log(Context context, Float milliseconds) {
    metrics.request(context, milliseconds);
    LOG.info(
        "method={} path={} status={} ms={} request={} user={} address={}",
        context.method(),
        Requests.path(context),
        context.statusCode(),
        Math.round(milliseconds),
        RequestIds.of(context),
        Access.caller(context).map(actor -> actor.user().toString()).orElse("none"),
        settings.operations().address().of(context));
  }

  /** Where it listens. */
  public String url() {
    return listening.scheme() + "://" + settings.host() + ":" + server.port();
  }

  /** Lets running requests end, then stops. */
  @Override
  public void close() {
    health.stopping();
    hub.close();
    abandoned.close();
    server.stop();
    courier.close();
    limits.close();
    metrics.close();
  }
}
