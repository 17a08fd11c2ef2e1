package fovea.api.operations;

import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.identity.Access;
import fovea.registry.ApiRegistry;
import fovea.registry.AuditLog.Entry;
import fovea.registry.AuditLog.SecurityEvent;
import fovea.registry.Quotas;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an organisation keeps, what was done in it, and what looked like an attack. */
public final class OrganizationRoutes {
  private static final int MOST = 200;
  private static final Field<Optional<UUID>> ROW =
      Fields.id("row").meaning("Of a patient, image or session").optional();
  private static final Field<Optional<Long>> BEFORE =
      Fields.whole("before", 0, Long.MAX_VALUE)
          .meaning("What the page before gave as next; without it the newest come")
          .optional();

  public static final Operation USAGE =
      Operation.of("Show how much the organisation keeps, and may keep")
          .answers(200, Quotas.Usage.class);
  public static final Operation AUDIT =
      Operation.of("List who did what, the newest first")
          .asks(ROW, BEFORE)
          .answers(200, AuditPage.class);
  public static final Operation SECURITY_EVENTS =
      Operation.of("List what looked like an attack, the newest first").answers(200, Events.class);

  private final ApiRegistry registry;

  public OrganizationRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void usage(Context context) {
    context.json(registry.inOrganization(Access.actor(context), stores -> stores.quotas().usage()));
  }

  public void audit(Context context) {
    Given query = AUDIT.query(context);
    UUID row = query.value(ROW).orElse(null);
    Long before = query.value(BEFORE).orElse(null);
    List<Entry> entries =
        registry.inOrganization(
            Access.actor(context), stores -> stores.auditLog().page(row, before, MOST));
    Long next = entries.size() < MOST ? null : entries.get(MOST - 1).number();
    context.json(new AuditPage(entries, next));
  }

  public void securityEvents(Context context) {
    context.json(
        new Events(
            registry.inOrganization(
                Access.actor(context), stores -> stores.auditLog().securityEvents(MOST))));
  }

  private record AuditPage(List<Entry> entries, @Nullable Long next) {}

  private record Events(List<SecurityEvent> events) {}
}
