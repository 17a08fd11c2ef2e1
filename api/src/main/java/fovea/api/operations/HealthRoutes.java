package fovea.api.operations;

import fovea.api.http.Operation;
import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.registry.ApiRegistry;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether the API and its stores answer. */
public final class HealthRoutes {
  public static final Operation SHOW =
      Operation.of("Show whether the API and its stores answer")
          .answers(200, Health.class)
          .answers(503, Health.class);

  private static final int SECONDS = 3;

  private final ApiRegistry registry;
  private final ObjectStore objects;

  public HealthRoutes(ApiRegistry registry, ObjectStore objects) {
    this.registry = registry;
    this.objects = objects;
  }

  public void show(Context context) {
    CompletableFuture<Boolean> postgres = within(registry::reachable);
    CompletableFuture<Boolean> store = within(this::objectsAnswer);
    boolean healthy = postgres.join() && store.join();
    context
        .status(healthy ? 200 : 503)
        .json(new Health(word(healthy), word(postgres.join()), word(store.join())));
  }

  // Any answer will do, also that there is no such object.
  private boolean objectsAnswer() {
    objects.find(new ObjectKey("health"));
    return true;
  }

  private static CompletableFuture<Boolean> within(BooleanSupplier check) {
    return CompletableFuture.supplyAsync(check::getAsBoolean)
        .completeOnTimeout(false, SECONDS, TimeUnit.SECONDS)
        .exceptionally(failed -> false);
  }

  private static String word(boolean healthy) {
    return healthy ? "ok" : "unavailable";
  }

  private record Health(String status, String postgres, String objects) {}
}
