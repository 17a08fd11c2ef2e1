package fovea.api.operations;

import fovea.api.http.Operation;
import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.registry.ApiRegistry;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether the API and its stores answer. */
public final class HealthRoutes {
  public static final Operation SHOW =
      Operation.of("Show whether the API and its stores answer")
          .answers(200, Health.class)
          .answers(503, Health.class);

  public static final Operation LIVE =
      Operation.of("Show that this process answers").answers(200, Liveness.class);

  public static final Operation READY =
      Operation.of("Show whether this process should be given work")
          .answers(200, Readiness.class)
          .answers(503, Readiness.class);

  private static final int SECONDS = 3;
  private static final String VERSION = version();

  private final ApiRegistry registry;
  private final ObjectStore objects;
  private volatile boolean stopping;

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

  /** That this process answers, and which it is. */
  public void live(Context context) {
    context.json(new Liveness("ok", VERSION));
  }

  /** Whether it should be given work: not while a store is away, nor while it stops. */
  public void ready(Context context) {
    boolean ready =
        !stopping && within(registry::reachable).join() && within(this::objectsAnswer).join();
    context.status(ready ? 200 : 503).json(new Readiness(ready ? "ready" : "not ready"));
  }

  /** From now on it is not ready. */
  public void stopping() {
    stopping = true;
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

  // Maven writes it into the jar.
  private static String version() {
    Properties properties = new Properties();
    try (InputStream file =
        HealthRoutes.class.getResourceAsStream("/META-INF/maven/fovea/fovea-api/pom.properties")) {
      if (file != null) {
        properties.load(file);
      }
      return properties.getProperty("version", "development");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private record Liveness(String status, String version) {}

  private record Readiness(String status) {}

  private record Health(String status, String postgres, String objects) {}
}
