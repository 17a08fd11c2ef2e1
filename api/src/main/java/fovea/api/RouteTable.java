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

import fovea.api.http.Route;
import fovea.api.identity.SecondFactorRoutes;
import fovea.api.identity.ServiceTokenRoutes;
import fovea.api.identity.SignInRoutes;
import fovea.api.identity.Tokens;
import fovea.api.identity.UserRoutes;
import fovea.api.legacy.ModelImportRoutes;
import fovea.api.live.EventRoutes;
import fovea.api.live.LiveHub;
import fovea.api.notices.WebhookRoutes;
import fovea.api.openapi.DocumentRoutes;
import fovea.api.operations.HealthRoutes;
import fovea.api.operations.Metrics;
import fovea.api.operations.OrganizationRoutes;
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
import fovea.api.uploads.Uploads;
import fovea.objects.ObjectStore;
import fovea.registry.ApiRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of routes, by domain: what is not in it is not served. */
final class RouteTable {
  private final ApiSettings settings;
  private final ApiRegistry registry;
  private final ObjectStore objects;
  private final Tokens tokens;
  private final LiveHub hub;

  RouteTable(
      ApiSettings settings, ApiRegistry registry, ObjectStore objects, Tokens tokens, LiveHub hub) {
    this.settings = settings;
    this.registry = registry;
    this.objects = objects;
    this.tokens = tokens;
    this.hub = hub;
  }

  /** Every route, but for the handlers' wrapping. */
  List<Route> all(HealthRoutes health, DocumentRoutes documents, Metrics metrics) {
    return Stream.of(
            identity(), research(), sessions(), learning(), operations(health, documents, metrics))
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> identity() {
    SignInRoutes signIn =
        new SignInRoutes(registry, tokens, settings.identity(), settings.operations().address());
    SecondFactorRoutes secondFactors =
        new SecondFactorRoutes(registry, settings.identity(), settings.operations().address());
    UserRoutes users = new UserRoutes(registry);
    ServiceTokenRoutes serviceTokens = new ServiceTokenRoutes(registry);
    return List.of(
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
            .as(ServiceTokenRoutes.REVOKE));
  }

  private List<Route> research() {
    Uploads uploads = new Uploads(registry, objects, settings.uploadLifetime());
    PatientRoutes patients = new PatientRoutes(registry);
    ConsentRoutes consents = new ConsentRoutes(registry);
    EyeRoutes eyes = new EyeRoutes(registry);
    RefractionRoutes refractions = new RefractionRoutes(registry);
    ImageRoutes images = new ImageRoutes(registry, uploads);
    ImageListRoutes imageLists = new ImageListRoutes(registry);
    return List.of(
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
        get("/v1/images/{id}", images::show, RESEARCH).as(ImageRoutes.SHOW));
  }

  private List<Route> sessions() {
    Uploads uploads = new Uploads(registry, objects, settings.uploadLifetime());
    ModelUrls urls = modelUrls();
    SessionRoutes sessions = new SessionRoutes(registry, urls);
    SessionFileRoutes files =
        new SessionFileRoutes(registry, uploads, settings.mostSessionPhotos());
    RestartRoutes restarts = new RestartRoutes(registry, objects);
    ModelRoutes models = new ModelRoutes(registry, urls);
    ModelImportRoutes imports = new ModelImportRoutes(registry, objects, settings.uploadLifetime());
    EdgeRoutes edge = new EdgeRoutes(objects, settings.cdnSecret());
    EventRoutes events = new EventRoutes(registry, hub);
    return List.of(
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
        get("/v1/sessions/{id}/events", events::ofSession, CLINIC).as(EventRoutes.OF_SESSION),
        get("/v1/events", events::ofOrganization, CLINIC).as(EventRoutes.OF_ORGANIZATION));
  }

  private List<Route> learning() {
    TrainingDataRoutes trainingData = new TrainingDataRoutes(registry);
    BiasReportRoutes biasReports = new BiasReportRoutes(registry, objects);
    TrainingRunRoutes trainingRuns = new TrainingRunRoutes(registry);
    return List.of(
        get("/v1/training-data", trainingData::list, LEARNING).as(TrainingDataRoutes.LIST),
        get("/v1/export/training-data", trainingData::export, LEARNING)
            .as(TrainingDataRoutes.EXPORT),
        get("/v1/bias-reports", biasReports::list, SIGNED_IN).as(BiasReportRoutes.LIST),
        get("/v1/bias-reports/{id}", biasReports::show, SIGNED_IN).as(BiasReportRoutes.SHOW),
        get("/v1/bias-reports/{id}/report", biasReports::content, SIGNED_IN)
            .as(BiasReportRoutes.CONTENT),
        get("/v1/training-runs", trainingRuns::list, SIGNED_IN).as(TrainingRunRoutes.LIST),
        get("/v1/training-runs/{id}", trainingRuns::show, SIGNED_IN).as(TrainingRunRoutes.SHOW));
  }

  private List<Route> operations(HealthRoutes health, DocumentRoutes documents, Metrics metrics) {
    WebhookRoutes webhooks = new WebhookRoutes(registry);
    OrganizationRoutes organization = new OrganizationRoutes(registry);
    return List.of(
        get("/v1/health", health::show, ANYONE).as(HealthRoutes.SHOW),
        get("/v1/openapi.json", documents::document, ANYONE).as(DocumentRoutes.DOCUMENT),
        get("/v1/docs", documents::page, ANYONE).as(DocumentRoutes.PAGE),
        get("/v1/health/live", health::live, ANYONE).as(HealthRoutes.LIVE),
        get("/v1/health/ready", health::ready, ANYONE).as(HealthRoutes.READY),
        get("/metrics", metrics::show, ANYONE).as(Metrics.SHOW),
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

  private ModelUrls modelUrls() {
    Optional<Cdn> cdn =
        settings
            .cdn()
            .map(base -> new Cdn(base, settings.cdnSecret(), settings.downloadLifetime()));
    return new ModelUrls(objects, cdn, settings.downloadLifetime());
  }
}
