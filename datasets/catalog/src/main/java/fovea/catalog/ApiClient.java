package fovea.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.contract.cohort.Laterality;
import fovea.contract.consent.Decision;
import fovea.contract.consent.Purpose;
import fovea.contract.refraction.RefractiveError;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The API's routes as methods. Safe for several threads. Every method throws {@link ApiRefusal} for
 * a 4xx that concerns one request, and {@link fovea.contract.errors.CallerMistake} where the server
 * cannot be reached or does not let the user in.
 */
public final class ApiClient {
  private final ApiHttp http;

  private ApiClient(ApiHttp http) {
    this.http = http;
  }

  /** Signs in; signs in again by itself when the token has run out. */
  public static ApiClient signIn(ApiSettings settings) {
    ApiHttp http = new ApiHttp(settings);
    http.signIn();
    return new ApiClient(http);
  }

  /** Where the API is. */
  public URI url() {
    return http.url();
  }

  /** The token of this sign-in, to be shown to the person who asked for it and nobody else. */
  public String token() {
    return http.token();
  }

  /** Creates a patient, or finds the one with that external reference. */
  public Made patient(Subject subject) {
    ObjectNode body = object();
    body.put("externalReference", subject.reference());
    put(body, "age", subject.age());
    put(body, "sex", subject.sex() == null ? null : subject.sex().word());
    put(body, "ethnicity", subject.ethnicity());
    return made(http.post("/v1/patients", body));
  }

  /** The purposes on which a patient has decided, whatever the decision was. */
  public Set<String> decided(String patient) {
    Set<String> purposes = new TreeSet<>();
    http.get("/v1/patients/" + patient + "/consents")
        .path("consents")
        .forEach(entry -> purposes.add(text(entry, "purpose")));
    return purposes;
  }

  /** Records that a patient allowed a purpose. */
  public void consent(String patient, Purpose purpose) {
    ObjectNode body = object().put("purpose", purpose.word());
    http.post("/v1/patients/" + patient + "/consents", body.put("decision", Decision.GIVEN.word()));
  }

  /** Creates an eye of a patient, or finds it. */
  public Made eye(String patient, Laterality laterality) {
    ObjectNode body = object().put("laterality", laterality.word());
    return made(http.post("/v1/patients/" + patient + "/eyes", body));
  }

  /** Records a refraction of an eye, or finds the same one. */
  public Made refraction(
      String eye,
      RefractiveError refraction,
      OptionalDouble axialLength,
      OptionalDouble intraocularPressure,
      @Nullable String diagnosis) {
    ObjectNode body = object();
    body.put("sphere", refraction.sphere());
    body.put("cylinder", refraction.cylinder());
    body.put("axis", refraction.axis());
    axialLength.ifPresent(value -> body.put("axialLength", value));
    intraocularPressure.ifPresent(value -> body.put("intraocularPressure", value));
    put(body, "diagnosis", diagnosis);
    return made(http.post("/v1/eyes/" + eye + "/refractions", body));
  }

  /** Asks to upload a photograph of an eye. */
  Ticket image(String eye, FundusItem item, Bytes bytes, String mediaType) {
    ObjectNode body = object();
    body.put("mediaType", mediaType);
    body.put("bytes", bytes.size());
    body.put("sha256", bytes.sha256());
    put(body, "camera", item.camera());
    put(body, "drGrade", item.grade());
    put(body, "diagnosis", item.diagnosis());
    return ticket(http.post("/v1/eyes/" + eye + "/images", body).body());
  }

  /** Declares an uploaded photograph complete. */
  public String completeImage(String image) {
    return text(http.post("/v1/images/" + image + "/complete", object()).body(), "status");
  }

  /** What became of an image: {@code id status reasonCode? reason? duplicateOf?}. */
  public JsonNode image(String image) {
    return http.get("/v1/images/" + image);
  }

  /** Creates a session, or finds the one of that name. */
  public Made session(String session, @Nullable String patient, Map<String, String> metadata) {
    ObjectNode body = object().put("sessionId", session);
    put(body, "patientId", patient);
    ObjectNode words = body.putObject("metadata");
    metadata.forEach(words::put);
    return made(http.post("/v1/sessions", body));
  }

  /** The same with the patient's name, which the API seals. */
  Made session(LegacySession session) {
    ObjectNode body = object().put("sessionId", session.session());
    put(body, "patientId", session.patient());
    put(body, "patientName", session.patientName());
    ObjectNode words = body.putObject("metadata");
    session.metadata().forEach(words::put);
    return made(http.post("/v1/sessions", body));
  }

  /** Asks to bring in a model; without a target the ticket says that it is there. */
  Ticket model(String session, String format, Bytes bytes) {
    ObjectNode body = object().put("format", format).put("bytes", bytes.size());
    body.put("sha256", bytes.sha256());
    JsonNode answer = http.post("/v1/sessions/" + session + "/models", body).body();
    return ticket(((ObjectNode) answer).put("id", session));
  }

  /** What became of a session: {@code id sessionId status stage percent modelUrl? ...}. */
  public JsonNode session(String session) {
    return http.get("/v1/sessions/" + session);
  }

  /** The newest sessions: {@code {sessions: [...]}}. */
  public JsonNode sessions(int most) {
    return http.get("/v1/sessions?limit=" + most);
  }

  /** The models of a session: {@code {models: [{version format bytes sha256 url metrics}]}}. */
  public JsonNode models(String session) {
    return http.get("/v1/sessions/" + session + "/models");
  }

  /** Training runs, newest first: {@code {runs: [{run architecture metrics createdAt}]}}. */
  public JsonNode trainingRuns() {
    return http.get("/v1/training-runs");
  }

  /** The platform's health: {@code {status postgres objects}}. */
  public JsonNode health() {
    return http.get("/v1/health");
  }

  /** Asks to upload a file of a session. */
  Ticket sessionFile(String session, String kind, String name, String mediaType, Bytes bytes) {
    ObjectNode body = object();
    body.put("kind", kind);
    body.put("name", name);
    body.put("mediaType", mediaType);
    body.put("bytes", bytes.size());
    body.put("sha256", bytes.sha256());
    return ticket(http.post("/v1/sessions/" + session + "/files", body).body());
  }

  /** Declares an uploaded file of a session complete. */
  public String completeFile(String session, String file) {
    String path = "/v1/sessions/" + session + "/files/" + file + "/complete";
    return text(http.post(path, object()).body(), "status");
  }

  /** Declares a session complete: its reconstruction may begin. */
  public String submit(String session) {
    return text(http.post("/v1/sessions/" + session + "/submit", object()).body(), "status");
  }

  /** Streams a file to where a ticket says. */
  void put(Ticket.Target target, Path file) {
    http.put(target, file);
  }

  private static Made made(ApiHttp.Answer answer) {
    return new Made(text(answer.body(), "id"), answer.status() == 200);
  }

  private static Ticket ticket(JsonNode body) {
    JsonNode upload = body.path("upload");
    Optional<Ticket.Target> target =
        upload.hasNonNull("url") ? Optional.of(target(upload)) : Optional.empty();
    return new Ticket(text(body, "id"), text(body, "status"), target);
  }

  private static Ticket.Target target(JsonNode upload) {
    Map<String, String> headers = new LinkedHashMap<>();
    upload
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new Ticket.Target(URI.create(text(upload, "url")), headers);
  }

  private static String text(JsonNode body, String field) {
    if (!body.hasNonNull(field)) {
      throw new IllegalStateException("the API's answer has no " + field);
    }
    return body.path(field).asText();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  private static void put(ObjectNode body, String field, OptionalInt value) {
    value.ifPresent(number -> body.put(field, number));
  }
}
