package fovea.api;

import static fovea.api.http.Route.delete;
import static fovea.api.http.Route.get;
import static fovea.api.http.Route.patch;
import static fovea.api.http.Route.post;
import static fovea.api.http.Rule.ADMIN;
import static fovea.api.http.Rule.ANYONE;
import static fovea.api.http.Rule.CLINIC;
import static fovea.api.http.Rule.LEARNING;
import static fovea.api.http.Rule.OWN;
import static fovea.api.http.Rule.RESEARCH;
import static fovea.api.http.Rule.SIGNED_IN;

import fovea.api.http.Errors;
import fovea.api.http.Json;
import fovea.api.http.Once;
import fovea.api.http.Requests;
import fovea.api.http.Route;
import fovea.api.identity.Access;
import fovea.api.identity.SecondFactorRoutes;
import fovea.api.identity.ServiceTokenRoutes;
import fovea.api.identity.SignInRoutes;
import fovea.api.identity.Tokens;
import fovea.api.identity.UserRoutes;
import fovea.api.legacy.ModelImportRoutes;
import fovea.api.limits.Limits;
import fovea.api.limits.SecurityWatch;
import fovea.api.live.EventRoutes;
import fovea.api.live.LiveHub;
import fovea.api.notices.Courier;
import fovea.api.notices.WebhookRoutes;
import fovea.api.openapi.DocumentRoutes;
import fovea.api.operations.AuditTrail;
import fovea.api.operations.Gate;
import fovea.api.operations.HealthRoutes;
import fovea.api.operations.Listening;
import fovea.api.operations.Metrics;
import fovea.api.operations.OrganizationRoutes;
import fovea.api.operations.RequestIds;
import fovea.api.research.BiasReportRoutes;
import fovea.api.research.ConsentRoutes;
import fovea.api.research.EyeRoutes;
import fovea.api.research.ImageListRoutes;
import fovea.api.research.ImageRoutes;
import fovea.api.research.PatientRoutes;
import fovea.api.research.RefractionRoutes;
import fovea.api.research.TrainingDataRoutes;
import fovea.api.research.TrainingRunRoutes;
import fovea.api.sessions.Cdn;
import fovea.api.sessions.EdgeRoutes;
import fovea.api.sessions.ModelRoutes;
import fovea.api.sessions.ModelUrls;
import fovea.api.sessions.RestartRoutes;
import fovea.api.sessions.SessionFileRoutes;
import fovea.api.sessions.SessionRoutes;
import fovea.api.uploads.AbandonedUploads;
import fovea.api.uploads.Uploads;
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
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API: every route on one page, by domain. */
public final class FoveaApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FoveaApi.class);

  private final ApiSettings settings;
  private final Access access;
  private final Limits limits;
  private final Metrics metrics;
  private final Gate gate;
  private final Listening listening;
  private final LiveHub hub;
  private final EventRoutes events;
  private final WebhookRoutes webhooks;
  private final Courier courier;
  private final SecurityWatch watch;
  private final AuditTrail trail;
  private final OrganizationRoutes organization;
  private final HealthRoutes health;
  private final SignInRoutes signIn;
  private final SecondFactorRoutes secondFactors;
  private final UserRoutes users;
  private final ServiceTokenRoutes serviceTokens;
  private final PatientRoutes patients;
  private final ConsentRoutes consents;
  private final EyeRoutes eyes;
  private final RefractionRoutes refractions;
  private final ImageRoutes images;
  private final ImageListRoutes imageLists;
  private final TrainingDataRoutes trainingData;
  private final TrainingRunRoutes trainingRuns;
  private final BiasReportRoutes biasReports;
  private final DocumentRoutes documents = new DocumentRoutes();
  private final Once once;
  private final SessionRoutes sessions;
  private final SessionFileRoutes files;
  private final RestartRoutes restarts;
  private final ModelRoutes models;
  private final ModelImportRoutes imports;
  private final EdgeRoutes edge;
  private final AbandonedUploads abandoned;
  private final Javalin server;

  private FoveaApi(ApiSettings settings, ApiRegistry registry, ObjectStore objects, Tokens tokens) {
    Uploads uploads = new Uploads(registry, objects, settings.uploadLifetime());
    Optional<Cdn> cdn =
        settings
            .cdn()
            .map(base -> new Cdn(base, settings.cdnSecret(), settings.downloadLifetime()));
    ModelUrls urls = new ModelUrls(objects, cdn, settings.downloadLifetime());
    this.settings = settings;
    this.access = new Access(registry, tokens, settings.identity());
    this.limits = Limits.of(settings.limits(), settings.operations().address());
    this.metrics = new Metrics(settings.operations(), registry);
    this.gate = new Gate(settings.operations());
    this.listening = new Listening(settings.host(), settings.port(), settings.operations());
    this.hub = new LiveHub(registry, settings.operations().heartbeat());
    this.events = new EventRoutes(registry, hub);
    this.webhooks = new WebhookRoutes(registry);
    this.courier = new Courier(registry, settings.notices());
    metrics.gauge("fovea.live.watchers", "Clients that watch sessions", hub::watchers);
    this.watch =
        new SecurityWatch(registry, settings.operations().address(), metrics::securityEvent);
    this.trail = new AuditTrail(registry);
    this.organization = new OrganizationRoutes(registry);
    this.health = new HealthRoutes(registry, objects);
    this.signIn =
        new SignInRoutes(registry, tokens, settings.identity(), settings.operations().address());
    this.secondFactors =
        new SecondFactorRoutes(registry, settings.identity(), settings.operations().address());
    this.users = new UserRoutes(registry);
    this.serviceTokens = new ServiceTokenRoutes(registry);
    this.patients = new PatientRoutes(registry);
    this.consents = new ConsentRoutes(registry);
    this.eyes = new EyeRoutes(registry);
    this.refractions = new RefractionRoutes(registry);
    this.images = new ImageRoutes(registry, uploads);
    this.imageLists = new ImageListRoutes(registry);
    this.trainingData = new TrainingDataRoutes(registry);
    this.trainingRuns = new TrainingRunRoutes(registry);
    this.biasReports = new BiasReportRoutes(registry, objects);
    this.once = new Once(registry, Access::actor);
    this.sessions = new SessionRoutes(registry, urls);
    this.files = new SessionFileRoutes(registry, uploads, settings.mostSessionPhotos());
    this.restarts = new RestartRoutes(registry, objects);
    this.models = new ModelRoutes(registry, urls);
    this.imports = new ModelImportRoutes(registry, objects, settings.uploadLifetime());
    this.edge = new EdgeRoutes(objects, settings.cdnSecret());
    this.abandoned =
        new AbandonedUploads(
            registry, objects, settings.abandonedAfter().plus(settings.uploadLifetime()));
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

  /** The table of routes: what is not in it is not served. */
  List<Route> routes() {
    return List.of(
        get("/v1/health", health::show, ANYONE).as(HealthRoutes.SHOW),
        get("/v1/openapi.json", documents::document, ANYONE).as(DocumentRoutes.DOCUMENT),
        get("/v1/docs", documents::page, ANYONE).as(DocumentRoutes.PAGE),
        post("/v1/sign-in", signIn::signIn, ANYONE).as(SignInRoutes.SIGN_IN),
        post("/v1/token/refresh", signIn::refresh, ANYONE).as(SignInRoutes.REFRESH),
        post("/v1/sign-out", signIn::signOut, OWN).as(SignInRoutes.SIGN_OUT),
        get("/v1/sign-ins", signIn::list, OWN).as(SignInRoutes.LIST),
        delete("/v1/sign-ins/{id}", signIn::end, OWN).as(SignInRoutes.END),
        post("/v1/password", signIn::changePassword, OWN).as(SignInRoutes.CHANGE_PASSWORD),
        post("/v1/second-factor", secondFactors::begin, OWN).as(SecondFactorRoutes.BEGIN),
        post("/v1/second-factor/confirm", secondFactors::confirm, OWN)
            .as(SecondFactorRoutes.CONFIRM),
        post("/v1/second-factor/remove", secondFactors::remove, OWN).as(SecondFactorRoutes.REMOVE),
        get("/v1/organization", users::organization, SIGNED_IN).as(UserRoutes.ORGANIZATION),
        get("/v1/users", users::list, ADMIN).as(UserRoutes.LIST),
        post("/v1/users", users::create, ADMIN).as(UserRoutes.CREATE),
        patch("/v1/users/{id}", users::change, ADMIN).as(UserRoutes.CHANGE),
        delete("/v1/users/{id}", users::delete, ADMIN).as(UserRoutes.DELETE),
        delete("/v1/users/{id}/second-factor", users::removeSecondFactor, ADMIN)
            .as(UserRoutes.REMOVE_SECOND_FACTOR),
        post("/v1/service-tokens", serviceTokens::create, ADMIN).as(ServiceTokenRoutes.CREATE),
        get("/v1/service-tokens", serviceTokens::list, ADMIN).as(ServiceTokenRoutes.LIST),
        delete("/v1/service-tokens/{id}", serviceTokens::revoke, ADMIN)
            .as(ServiceTokenRoutes.REVOKE),
        post("/v1/patients", patients::create, CLINIC).as(PatientRoutes.CREATE),
        get("/v1/patients", patients::list, RESEARCH).as(PatientRoutes.LIST),
        get("/v1/patients/{id}", patients::show, RESEARCH).as(PatientRoutes.SHOW),
        patch("/v1/patients/{id}", patients::change, CLINIC).as(PatientRoutes.CHANGE),
        delete("/v1/patients/{id}", patients::delete, CLINIC).as(PatientRoutes.DELETE),
        post("/v1/patients/{id}/consents", consents::record, CLINIC).as(ConsentRoutes.RECORD),
        get("/v1/patients/{id}/consents", consents::list, RESEARCH).as(ConsentRoutes.LIST),
        post("/v1/patients/{id}/eyes", eyes::create, CLINIC).as(EyeRoutes.CREATE),
        get("/v1/patients/{id}/eyes", eyes::list, RESEARCH).as(EyeRoutes.LIST),
        post("/v1/eyes/{id}/refractions", refractions::create, CLINIC).as(RefractionRoutes.CREATE),
        get("/v1/eyes/{id}/refractions", refractions::list, RESEARCH).as(RefractionRoutes.LIST),
        get("/v1/eyes/{id}/refractions/latest", refractions::latest, RESEARCH)
            .as(RefractionRoutes.LATEST),
        post("/v1/eyes/{id}/images", images::request, CLINIC).as(ImageRoutes.REQUEST),
        get("/v1/eyes/{id}/images", imageLists::ofEye, RESEARCH).as(ImageListRoutes.OF_EYE),
        get("/v1/images", imageLists::list, RESEARCH).as(ImageListRoutes.LIST),
        post("/v1/images/{id}/complete", images::complete, CLINIC).as(ImageRoutes.COMPLETE),
        post("/v1/images/{id}/parts", images::parts, CLINIC).as(ImageRoutes.PARTS),
        get("/v1/images/{id}", images::show, RESEARCH).as(ImageRoutes.SHOW),
        post("/v1/sessions", sessions::create, CLINIC).as(SessionRoutes.CREATE),
        get("/v1/sessions", sessions::list, CLINIC).as(SessionRoutes.LIST),
        get("/v1/sessions/{id}", sessions::show, CLINIC).as(SessionRoutes.SHOW),
        post("/v1/sessions/{id}/files", files::request, CLINIC).as(SessionFileRoutes.REQUEST),
        get("/v1/sessions/{id}/files", files::list, CLINIC).as(SessionFileRoutes.LIST),
        post("/v1/sessions/{id}/files/{file}/parts", files::parts, CLINIC)
            .as(SessionFileRoutes.PARTS),
        post("/v1/sessions/{id}/files/{file}/complete", files::complete, CLINIC)
            .as(SessionFileRoutes.COMPLETE),
        post("/v1/sessions/{id}/submit", sessions::submit, CLINIC).as(SessionRoutes.SUBMIT),
        post("/v1/sessions/{id}/cancel", sessions::cancel, CLINIC).as(SessionRoutes.CANCEL),
        post("/v1/sessions/{id}/restart", restarts::restart, CLINIC).as(RestartRoutes.RESTART),
        get("/v1/sessions/{id}/models", models::ofSession, CLINIC).as(ModelRoutes.OF_SESSION),
        post("/v1/sessions/{id}/models", imports::bring, ADMIN).as(ModelImportRoutes.BRING),
        get("/v1/sessions/{id}/models/{version}/{format}", models::version, CLINIC)
            .as(ModelRoutes.VERSION),
        get("/v1/edge/models/{id}/{version}/{file}", edge::locate, ANYONE).as(EdgeRoutes.LOCATE),
        get("/v1/training-data", trainingData::list, LEARNING).as(TrainingDataRoutes.LIST),
        get("/v1/export/training-data", trainingData::export, LEARNING)
            .as(TrainingDataRoutes.EXPORT),
        get("/v1/bias-reports", biasReports::list, SIGNED_IN).as(BiasReportRoutes.LIST),
        get("/v1/bias-reports/{id}", biasReports::show, SIGNED_IN).as(BiasReportRoutes.SHOW),
        get("/v1/bias-reports/{id}/report", biasReports::content, SIGNED_IN)
            .as(BiasReportRoutes.CONTENT),
        get("/v1/training-runs", trainingRuns::list, SIGNED_IN).as(TrainingRunRoutes.LIST),
        get("/v1/training-runs/{id}", trainingRuns::show, SIGNED_IN).as(TrainingRunRoutes.SHOW),
        get("/v1/health/live", health::live, ANYONE).as(HealthRoutes.LIVE),
        get("/v1/health/ready", health::ready, ANYONE).as(HealthRoutes.READY),
        get("/metrics", metrics::show, ANYONE).as(Metrics.SHOW),
        get("/v1/sessions/{id}/events", events::ofSession, CLINIC).as(EventRoutes.OF_SESSION),
        get("/v1/events", events::ofOrganization, CLINIC).as(EventRoutes.OF_ORGANIZATION),
        post("/v1/webhooks", webhooks::create, ADMIN).as(WebhookRoutes.CREATE),
        get("/v1/webhooks", webhooks::list, ADMIN).as(WebhookRoutes.LIST),
        delete("/v1/webhooks/{id}", webhooks::delete, ADMIN).as(WebhookRoutes.DELETE),
        get("/v1/webhooks/{id}/deliveries", webhooks::deliveries, ADMIN)
            .as(WebhookRoutes.DELIVERIES),
        post("/v1/webhooks/{id}/deliveries/{delivery}/retry", webhooks::retry, ADMIN)
            .as(WebhookRoutes.RETRY),
        get("/v1/organization/usage", organization::usage, SIGNED_IN).as(OrganizationRoutes.USAGE),
        get("/v1/organization/audit", organization::audit, ADMIN).as(OrganizationRoutes.AUDIT),
        get("/v1/organization/security-events", organization::securityEvents, ADMIN)
            .as(OrganizationRoutes.SECURITY_EVENTS));
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
    List<Route> routes = routes();
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
