package fovea.api.research;

import fovea.api.http.Answers;
import fovea.api.http.Cursor;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.http.Tags;
import fovea.api.identity.Access;
import fovea.contract.cohort.Sex;
import fovea.registry.ApiRegistry;
import fovea.registry.Made;
import fovea.registry.Page;
import fovea.registry.PageRequest;
import fovea.registry.Patients.Filter;
import fovea.registry.Patients.NewPatient;
import fovea.registry.Patients.Patient;
import fovea.registry.Stores;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Patients: made, found, corrected, and removed where nothing was measured of them. */
public final class PatientRoutes {
  static final Field<Sex> A_SEX = Fields.word("sex", Sex::of, "female", "male", "other");
  private static final Field<Integer> AN_AGE = Fields.integer("age", 0, 150);

  private static final Field<Optional<String>> REFERENCE =
      Fields.text("externalReference", 255)
          .meaning("What the organisation calls the patient")
          .optional();
  private static final Field<Optional<String>> NAME =
      Fields.text("name", 255).meaning("Kept encrypted").optional();
  private static final Field<Optional<Integer>> AGE = AN_AGE.meaning("Whole years").optional();
  private static final Field<Optional<Sex>> SEX = A_SEX.optional();
  private static final Field<Optional<String>> ETHNICITY = Fields.text("ethnicity", 100).optional();

  private static final Field<Integer> LIMIT = Cursor.limit(50, 200);

  private static final Patient UNKNOWN =
      new Patient(new UUID(0, 0), null, null, null, null, null, Instant.EPOCH);

  public static final Operation CREATE =
      Operation.of("Make a patient, or find the one of the same external reference")
          .takes(REFERENCE, NAME, AGE, SEX, ETHNICITY)
          .answers(201, Answers.Id.class)
          .answers(200, Answers.Id.class);
  public static final Operation LIST =
      Operation.of("List patients, the newest first; names and references to who may read them")
          .asks(Ages.FROM, Ages.TO, SEX, Cursor.FROM, Cursor.UNTIL, LIMIT, Cursor.AFTER)
          .answers(200, PatientList.class);
  public static final Operation SHOW =
      Operation.of("Show a patient; the name and the reference to who may read them")
          .answers(200, Patient.class);
  public static final Operation CHANGE =
      Operation.of("Correct what the body names of a patient; null takes it away")
          .takes(REFERENCE, NAME, AGE, SEX, ETHNICITY)
          .answers(200, Patient.class);
  public static final Operation DELETE =
      Operation.of("Remove a patient of whom there is neither an image nor a measurement")
          .answersNothing();

  private final ApiRegistry registry;

  public PatientRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void create(Context context) {
    NewPatient patient = patient(CREATE.body(context), UNKNOWN);
    Made made =
        registry.inOrganization(Access.actor(context), stores -> stores.patients().create(patient));
    context.status(Answers.made(made)).json(new Answers.Id(made.id()));
  }

  public void list(Context context) {
    Given query = LIST.query(context);
    Filter filter =
        new Filter(
            query.value(Ages.FROM), query.value(Ages.TO), query.value(SEX), Cursor.period(query));
    PageRequest request = Cursor.request(query, LIMIT);
    Page<Patient> page =
        registry.inOrganization(
            Access.actor(context), stores -> stores.patients().page(filter, request));
    context.json(new PatientList(page.items(), Cursor.next(page)));
  }

  public void show(Context context) {
    UUID id = Requests.id(context, "id", "patient");
    Tags.answer(
        context, registry.inOrganization(Access.actor(context), stores -> find(stores, id)));
  }

  public void change(Context context) {
    UUID id = Requests.id(context, "id", "patient");
    Given body = CHANGE.body(context);
    Patient changed =
        registry.inOrganization(
            Access.actor(context),
            stores -> {
              stores.patientCorrections().hold(id);
              Patient now = find(stores, id);
              Tags.requireCurrent(context, now);
              stores.patientCorrections().replace(id, patient(body, now));
              return find(stores, id);
            });
    Tags.answer(context, changed);
  }

  public void delete(Context context) {
    UUID id = Requests.id(context, "id", "patient");
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          stores.patientCorrections().hold(id);
          Tags.requireCurrent(context, find(stores, id));
          stores.patientCorrections().remove(id);
          return id;
        });
    context.status(204);
  }

  private static Patient find(Stores stores, UUID id) {
    return stores.patients().find(id).orElseThrow(() -> Requests.unknown("patient"));
  }

  // What the body does not name stays as it is.
  private static NewPatient patient(Given body, Patient now) {
    return new NewPatient(
        body.value(REFERENCE, Optional.ofNullable(now.externalReference())).orElse(null),
        body.value(NAME, Optional.ofNullable(now.name())).orElse(null),
        body.value(AGE, Optional.ofNullable(now.age())).orElse(null),
        body.value(SEX, Optional.ofNullable(now.sex()).flatMap(Sex::of)).orElse(null),
        body.value(ETHNICITY, Optional.ofNullable(now.ethnicity())).orElse(null));
  }

  private record PatientList(List<Patient> patients, @Nullable String next) {}
}
