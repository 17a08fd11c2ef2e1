package fovea.api.research;

import fovea.api.http.Answers;
import fovea.api.http.Body;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.contract.cohort.Laterality;
import fovea.contract.cohort.Sex;
import fovea.contract.consent.Decision;
import fovea.contract.consent.Purpose;
import fovea.contract.refraction.RefractiveError;
import fovea.registry.ApiRegistry;
import fovea.registry.Consents;
import fovea.registry.Made;
import fovea.registry.Patients.NewPatient;
import fovea.registry.Patients.Patient;
import fovea.registry.Refractions.Measurement;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Patients, what they allowed, their eyes, and the eyes' refractions. */
public final class PatientRoutes {
  private final ApiRegistry registry;

  public PatientRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void create(Context context) {
    Body body = Body.of(context, "externalReference", "name", "age", "sex", "ethnicity");
    NewPatient patient =
        new NewPatient(
            body.optionalText("externalReference", 255),
            body.optionalText("name", 255),
            body.optionalInteger("age", 0, 150),
            body.optionalWord("sex", Sex::of, "female, male, other"),
            body.optionalText("ethnicity", 100));
    Made made =
        registry.inOrganization(Access.actor(context), stores -> stores.patients().create(patient));
    context.status(Answers.made(made)).json(new Answers.Id(made.id()));
  }

  public void show(Context context) {
    UUID id = Requests.id(context, "id", "patient");
    Patient patient =
        registry
            .inOrganization(Access.actor(context), stores -> stores.patients().find(id))
            .orElseThrow(() -> Requests.unknown("patient"));
    context.json(patient);
  }

  public void recordConsent(Context context) {
    UUID patient = Requests.id(context, "id", "patient");
    Body body = Body.of(context, "purpose", "decision", "decidedAt");
    Purpose purpose = body.word("purpose", Purpose::of, "research, training");
    Decision decision = body.word("decision", Decision::of, "given, withdrawn");
    Instant decidedAt = body.optionalPast("decidedAt");
    List<Consents.Entry> entries =
        registry.inOrganization(
            Access.actor(context),
            stores -> {
              stores.consents().record(patient, purpose, decision, decidedAt);
              return stores.consents().of(patient);
            });
    context.status(201).json(shown(entries));
  }

  public void consents(Context context) {
    UUID patient = Requests.id(context, "id", "patient");
    context.json(
        shown(
            registry.inOrganization(
                Access.actor(context), stores -> stores.consents().of(patient))));
  }

  private static Shown shown(List<Consents.Entry> entries) {
    return new Shown(
        entries.stream()
            .map(
                e -> new Consent(e.purpose().word(), e.decision().word(), e.decidedAt().toString()))
            .toList());
  }

  public void createEye(Context context) {
    UUID patient = Requests.id(context, "id", "patient");
    Laterality side =
        Body.of(context, "laterality").word("laterality", Laterality::of, "left, right");
    Made made =
        registry.inOrganization(
            Access.actor(context), stores -> stores.eyes().create(patient, side));
    context.status(Answers.made(made)).json(new Answers.Id(made.id()));
  }

  public void createRefraction(Context context) {
    UUID eye = Requests.id(context, "id", "eye");
    Measurement measured = measurement(context);
    Made made =
        registry.inOrganization(
            Access.actor(context), stores -> stores.refractions().create(eye, measured));
    RefractiveError refraction = measured.refraction();
    context
        .status(Answers.made(made))
        .json(
            new Refraction(
                made.id(), refraction.sphericalEquivalent(), refraction.j0(), refraction.j45()));
  }

  private static Measurement measurement(Context context) {
    Body body =
        Body.of(
            context,
            "sphere",
            "cylinder",
            "axis",
            "axialLength",
            "intraocularPressure",
            "diagnosis");
    RefractiveError refraction =
        new RefractiveError(
            body.number("sphere", -40, 40),
            body.number("cylinder", -15, 15),
            body.number("axis", 0, 180));
    return new Measurement(
        refraction,
        body.optionalNumber("axialLength", 10, 45),
        body.optionalNumber("intraocularPressure", 0, 100),
        body.optionalText("diagnosis", 255));
  }

  private record Shown(List<Consent> consents) {}

  private record Consent(String purpose, String decision, String decidedAt) {}

  private record Refraction(UUID id, double sphericalEquivalent, double j0, double j45) {}
}
