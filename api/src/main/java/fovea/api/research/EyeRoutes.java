package fovea.api.research;

import fovea.api.http.Answers;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.contract.cohort.Laterality;
import fovea.registry.ApiRegistry;
import fovea.registry.Eyes.Eye;
import fovea.registry.Made;
import io.javalin.http.Context;
import java.util.List;
import java.util.UUID;

/** Eyes of patients. */
public final class EyeRoutes {
  static final Field<Laterality> LATERALITY =
      Fields.word("laterality", Laterality::of, "left", "right");

  public static final Operation CREATE =
      Operation.of("Make a patient's eye, or find the one of that side")
          .takes(LATERALITY)
          .answers(201, Answers.Id.class)
          .answers(200, Answers.Id.class);
  public static final Operation LIST =
      Operation.of("List a patient's eyes").answers(200, EyeList.class);

  private final ApiRegistry registry;

  public EyeRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void create(Context context) {
    UUID patient = Requests.id(context, "id", "patient");
    Laterality side = CREATE.body(context).value(LATERALITY);
    Made made =
        registry.inOrganization(
            Access.actor(context), stores -> stores.eyes().create(patient, side));
    context.status(Answers.made(made)).json(new Answers.Id(made.id()));
  }

  public void list(Context context) {
    UUID patient = Requests.id(context, "id", "patient");
    context.json(
        new EyeList(
            registry.inOrganization(Access.actor(context), stores -> stores.eyes().of(patient))));
  }

  private record EyeList(List<Eye> eyes) {}
}
