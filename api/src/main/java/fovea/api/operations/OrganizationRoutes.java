package fovea.api.operations;

import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.registry.ApiRegistry;
import fovea.registry.AuditLog.Entry;
import fovea.registry.AuditLog.SecurityEvent;
import io.javalin.http.Context;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an organisation keeps, what was done in it, and what looked like an attack. */
public final class OrganizationRoutes {
  private static final int MOST = 200;

  private final ApiRegistry registry;

  public OrganizationRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void usage(Context context) {
    context.json(registry.inOrganization(Access.actor(context), stores -> stores.quotas().usage()));
  }

  /** Who did what, newest first; {@code ?row=ID} for one patient, image or session. */
  public void audit(Context context) {
    UUID row = row(context.queryParam("row"));
    Long before = before(context.queryParam("before"));
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

  private static @Nullable UUID row(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw Requests.badParameter("row", "is no id", "Give the id of a patient, image or session");
    }
  }

  private static @Nullable Long before(@Nullable String text) {
    if (text != null && !text.matches("[0-9]{1,18}")) {
      throw Requests.badParameter(
          "before", "is not what a page gave as next", "Begin without it for the newest");
    }
    return text == null ? null : Long.valueOf(text);
  }

  private record AuditPage(List<Entry> entries, @Nullable Long next) {}

  private record Events(List<SecurityEvent> events) {}
}
