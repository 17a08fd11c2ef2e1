package fovea.api.identity;

import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.registry.ApiRegistry;
import fovea.registry.ServiceTokens.New;
import fovea.registry.ServiceTokens.ServiceToken;
import io.javalin.http.Context;
import java.util.List;
import java.util.UUID;

/** Tokens of programs that read training data and models. */
public final class ServiceTokenRoutes {
  private static final Field<String> NAME = Fields.text("name", 100);

  public static final Operation CREATE =
      Operation.of("Make a token for a program; it is shown this once")
          .takes(NAME)
          .answers(201, NewServiceToken.class);
  public static final Operation LIST =
      Operation.of("List the tokens that work").answers(200, ServiceTokenList.class);
  public static final Operation REVOKE = Operation.of("End a token").answersNothing();

  private final ApiRegistry registry;

  public ServiceTokenRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void create(Context context) {
    String name = CREATE.body(context).value(NAME);
    New made =
        registry.inOrganization(
            Access.actor(context), stores -> stores.serviceTokens().create(name));
    context.status(201).json(new NewServiceToken(made.id(), made.token()));
  }

  public void list(Context context) {
    context.json(
        new ServiceTokenList(
            registry.inOrganization(
                Access.actor(context), stores -> stores.serviceTokens().all())));
  }

  public void revoke(Context context) {
    UUID id = Requests.id(context, "id", "service token");
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          stores.serviceTokens().revoke(id);
          return id;
        });
    context.status(204);
  }

  private record NewServiceToken(UUID id, String token) {}

  private record ServiceTokenList(List<ServiceToken> serviceTokens) {}
}
