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
import fovea.contract.refraction.RefractiveError;
import fovea.registry.ApiRegistry;
import fovea.registry.Made;
import fovea.registry.Page;
import fovea.registry.PageRequest;
import fovea.registry.Refractions.Measurement;
import fovea.registry.Refractions.Recorded;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was measured of eyes. */
public final class RefractionRoutes {
  private static final Field<Double> SPHERE = Fields.number("sphere", -40, 40).meaning("Dioptres");
  private static final Field<Double> CYLINDER =
      Fields.number("cylinder", -15, 15).meaning("Dioptres");
  private static final Field<Double> AXIS = Fields.number("axis", 0, 180).meaning("Degrees");
  private static final Field<Optional<Double>> ACUITY =
      Fields.number("acuity", -0.5, 3)
          .meaning("Best corrected, as logMAR: 0 is 6/6, 0.1 a line")
          .optional();
  private static final Field<Optional<Double>> LENGTH =
      Fields.number("axialLength", 10, 45).meaning("Millimetres").optional();
  private static final Field<Optional<Double>> PRESSURE =
      Fields.number("intraocularPressure", 0, 100).meaning("mmHg").optional();
  private static final Field<Optional<String>> DIAGNOSIS = Fields.text("diagnosis", 255).optional();
  private static final Field<Integer> LIMIT = Cursor.limit(50, 200);

  public static final Operation CREATE =
      Operation.of("Record a refraction; one that agrees in every value is the one of before")
          .takes(SPHERE, CYLINDER, AXIS, ACUITY, LENGTH, PRESSURE, DIAGNOSIS)
          .answers(201, Derived.class)
          .answers(200, Derived.class);
  public static final Operation LIST =
      Operation.of("List an eye's refractions, the newest first")
          .asks(LIMIT, Cursor.AFTER)
          .answers(200, RefractionList.class);
  public static final Operation LATEST =
      Operation.of("Show an eye's newest refraction").answers(200, Refraction.class);

  private final ApiRegistry registry;

  public RefractionRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void create(Context context) {
    UUID eye = Requests.id(context, "id", "eye");
    Measurement measured = measurement(CREATE.body(context));
    Made made =
        registry.inOrganization(
            Access.actor(context), stores -> stores.refractions().create(eye, measured));
    context.status(Answers.made(made)).json(Derived.of(made.id(), measured.refraction()));
  }

  public void list(Context context) {
    Page<Refraction> page =
        page(context, Cursor.request(LIST.query(context), LIMIT)).map(Refraction::of);
    context.json(new RefractionList(page.items(), Cursor.next(page)));
  }

  public void latest(Context context) {
    Recorded newest =
        page(context, PageRequest.first(1)).items().stream()
            .findFirst()
            .orElseThrow(() -> Requests.unknown("refraction"));
    Tags.answer(context, Refraction.of(newest));
  }

  private Page<Recorded> page(Context context, PageRequest request) {
    UUID eye = Requests.id(context, "id", "eye");
    return registry.inOrganization(
        Access.actor(context), stores -> stores.refractions().page(eye, request));
  }

  private static Measurement measurement(Given body) {
    return new Measurement(
        new RefractiveError(body.value(SPHERE), body.value(CYLINDER), body.value(AXIS)),
        body.value(LENGTH).orElse(null),
        body.value(PRESSURE).orElse(null),
        body.value(DIAGNOSIS).orElse(null),
        body.value(ACUITY).orElse(null));
  }

  private record RefractionList(List<Refraction> refractions, @Nullable String next) {}

  private record Derived(UUID id, double sphericalEquivalent, double j0, double j45) {
    static Derived of(UUID id, RefractiveError refraction) {
      return new Derived(id, refraction.sphericalEquivalent(), refraction.j0(), refraction.j45());
    }
  }

  private record Refraction(
      UUID id,
      double sphere,
      double cylinder,
      double axis,
      double sphericalEquivalent,
      double j0,
      double j45,
      @Nullable Double acuity,
      @Nullable Double axialLength,
      @Nullable Double intraocularPressure,
      @Nullable String diagnosis,
      Instant createdAt) {
    static Refraction of(Recorded recorded) {
      Measurement measured = recorded.measured();
      RefractiveError error = measured.refraction();
      return new Refraction(
          recorded.id(),
          error.sphere(),
          error.cylinder(),
          error.axis(),
          error.sphericalEquivalent(),
          error.j0(),
          error.j45(),
          measured.acuity(),
          measured.axialLength(),
          measured.intraocularPressure(),
          measured.diagnosis(),
          recorded.createdAt());
    }
  }
}
