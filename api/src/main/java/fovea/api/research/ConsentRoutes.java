package fovea.api.research;

import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.contract.consent.Decision;
import fovea.contract.consent.Purpose;
import fovea.registry.ApiRegistry;
import fovea.registry.Consents;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What patients allowed. */
public final class ConsentRoutes {
  private static final Field<Purpose> PURPOSE =
      Fields.word("purpose", Purpose::of, "research", "training");
  private static final Field<Decision> DECISION =
      Fields.word("decision", Decision::of, "given", "withdrawn");
  private static final Field<Optional<Instant>> DECIDED_AT =
      Fields.past("decidedAt").meaning("When the patient said so; now if left out").optional();

  public static final Operation RECORD =
      Operation.of("Record a patient's decision")
          .takes(PURPOSE, DECISION, DECIDED_AT)
          .answers(201, ConsentList.class);
  public static final Operation LIST =
      Operation.of("List a patient's decisions, the newest first").answers(200, ConsentList.class);

  private final ApiRegistry registry;

  public ConsentRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void record(Context context) {
    UUID patient = Requests.id(context, "id", "patient");
    Given body = RECORD.body(context);
    Purpose purpose = body.value(PURPOSE);
    Decision decision = body.value(DECISION);
    Optional<Instant> decidedAt = body.value(DECIDED_AT);
    List<Consents.Entry> entries =
        registry.inOrganization(
            Access.actor(context),
            stores -> {
              stores.consents().record(patient, purpose, decision, decidedAt.orElse(null));
              return stores.consents().of(patient);
            });
    context.status(201).json(ConsentList.of(entries));
  }

  public void list(Context context) {
    UUID patient = Requests.id(context, "id", "patient");
    context.json(
        ConsentList.of(
            registry.inOrganization(
                Access.actor(context), stores -> stores.consents().of(patient))));
  }

  private record ConsentList(List<Consent> consents) {
    static ConsentList of(List<Consents.Entry> entries) {
      return new ConsentList(entries.stream().map(Consent::of).toList());
    }
  }

  private record Consent(String purpose, String decision, Instant decidedAt) {
    static Consent of(Consents.Entry entry) {
      return new Consent(entry.purpose().word(), entry.decision().word(), entry.decidedAt());
    }
  }
}
