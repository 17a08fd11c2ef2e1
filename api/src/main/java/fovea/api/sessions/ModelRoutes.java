package fovea.api.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.api.http.Json;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.registry.ApiRegistry;
import fovea.registry.Models.Model;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** 3D models of sessions. */
public final class ModelRoutes {
  public static final Operation OF_SESSION =
      Operation.of("List a session's models, the newest version first")
          .answers(200, ModelList.class);

  public static final Operation VERSION =
      Operation.of("Show one file of one version of a session's model")
          .answers(200, ModelView.class);

  private final ApiRegistry registry;
  private final ModelUrls urls;

  public ModelRoutes(ApiRegistry registry, ModelUrls urls) {
    this.registry = registry;
    this.urls = urls;
  }

  public void ofSession(Context context) {
    UUID session = Requests.id(context, "id", "session");
    List<Model> models =
        registry.inOrganization(
            Access.actor(context),
            stores -> {
              if (stores.sessions().find(session).isEmpty()) {
                throw Requests.unknown("session");
              }
              return stores.models().of(session);
            });
    context.json(new ModelList(models.stream().map(this::view).toList()));
  }

  public void version(Context context) {
    UUID session = Requests.id(context, "id", "session");
    int version = number(context.pathParam("version"));
    Model model =
        registry
            .inOrganization(
                Access.actor(context),
                stores -> stores.models().find(session, version, context.pathParam("format")))
            .orElseThrow(() -> Requests.unknown("model"));
    context.json(view(model));
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw Requests.unknown("model");
    }
    return Integer.parseInt(text);
  }

  private ModelView view(Model model) {
    return new ModelView(
        model.version(),
        model.format(),
        model.bytes(),
        model.sha256(),
        urls.of(model.key()),
        Json.stored(model.metricsJson()),
        model.createdAt());
  }

  private record ModelList(List<ModelView> models) {}

  private record ModelView(
      int version,
      String format,
      long bytes,
      String sha256,
      URI url,
      JsonNode metrics,
      Instant createdAt) {}
}
