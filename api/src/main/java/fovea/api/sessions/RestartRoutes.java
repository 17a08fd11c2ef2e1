package fovea.api.sessions;

import static fovea.registry.Arrivals.Table.SESSION_FILES;

import fovea.api.http.Answers;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.objects.ObjectStore;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Made;
import fovea.registry.Restarts.Copy;
import fovea.registry.Session;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Another try for a session that failed: a new one of the same photographs, copied in the store.
 */
public final class RestartRoutes {
  public static final Operation RESTART =
      Operation.of("Make a session that failed again, of the same photographs")
          .answers(201, Restarted.class)
          .answers(200, Restarted.class);

  private final ApiRegistry registry;
  private final ObjectStore objects;
  private final Clock clock = Clock.systemUTC();

  public RestartRoutes(ApiRegistry registry, ObjectStore objects) {
    this.registry = registry;
    this.objects = objects;
  }

  /** Asked again after an interruption it goes on with what is not copied yet. */
  public void restart(Context context) {
    UUID failed = Requests.id(context, "id", "session");
    Actor actor = Access.actor(context);
    LocalDate today = LocalDate.now(clock);
    Made made = registry.inOrganization(actor, stores -> stores.restarts().of(failed, today));
    List<Copy> copies =
        registry.inOrganization(actor, stores -> stores.restarts().copies(made.id()));
    copies.parallelStream().forEach(copy -> objects.copy(copy.from(), copy.to()));
    Session session =
        registry.inOrganization(
            actor,
            stores -> {
              copies.forEach(copy -> stores.arrivals(SESSION_FILES).markUploaded(copy.file()));
              return copies.isEmpty()
                  ? stores.sessions().find(made.id()).orElseThrow()
                  : stores.sessions().submit(made.id());
            });
    context
        .status(Answers.made(made))
        .json(new Restarted(session.id(), session.sessionId(), session.status(), failed));
  }

  private record Restarted(UUID id, String sessionId, String status, UUID restartOf) {}
}
