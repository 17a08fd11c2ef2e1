package fovea.api.identity;

import fovea.api.http.Answers;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.registry.ApiRegistry;
import fovea.registry.Organizations.Organization;
import fovea.registry.Passwords;
import fovea.registry.Role;
import fovea.registry.Users;
import fovea.registry.Users.User;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The organisation and its people. */
public final class UserRoutes {
  private static final int LEAST_PASSWORD = 12;
  private static final Field<String> EMAIL =
      Fields.text("email", 255)
          .reading(
              text -> Optional.of(text).filter(email -> email.matches("[^@\\s]+@[^@\\s]+")),
              "must be an email address");
  private static final Field<String> NAME = Fields.text("name", 255);
  private static final Field<Role> ROLE =
      Fields.word("role", UserRoutes::role, "doctor", "researcher", "ml_pipeline", "admin");
  private static final Field<Optional<Role>> OPTIONAL_ROLE = ROLE.optional();
  private static final Field<String> PASSWORD = newPassword("password");
  private static final Field<Optional<String>> STATE =
      Fields.oneOf("state", List.of("enabled", "disabled")).optional();

  public static final Operation ORGANIZATION =
      Operation.of("Show one's own organisation").answers(200, Organization.class);
  public static final Operation LIST =
      Operation.of("List the organisation's users").answers(200, UserList.class);
  public static final Operation CREATE =
      Operation.of("Make a user").takes(EMAIL, NAME, ROLE, PASSWORD).answers(201, Answers.Id.class);
  public static final Operation CHANGE =
      Operation.of("Give a user another role, or disable or enable them; their sign-ins end")
          .takes(OPTIONAL_ROLE, STATE)
          .answers(200, UserView.class);
  public static final Operation DELETE =
      Operation.of("Delete a user: nobody can tell any more who it was").answersNothing();
  public static final Operation REMOVE_SECOND_FACTOR =
      Operation.of("Take the second factor of a user away who has lost it").answersNothing();

  private final ApiRegistry registry;

  public UserRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void organization(Context context) {
    context.json(
        registry.inOrganization(Access.actor(context), stores -> stores.organization().own()));
  }

  public void list(Context context) {
    List<User> users =
        registry.inOrganization(Access.actor(context), stores -> stores.users().all());
    context.json(new UserList(users.stream().map(UserView::of).toList()));
  }

  public void create(Context context) {
    Given body = CREATE.body(context);
    String email = body.value(EMAIL);
    String name = body.value(NAME);
    Role role = body.value(ROLE);
    String hash = Passwords.hash(body.value(PASSWORD));
    UUID made =
        registry.inOrganization(
            Access.actor(context), stores -> stores.users().create(email, name, role, hash));
    context.status(201).json(new Answers.Id(made));
  }

  public void change(Context context) {
    UUID id = Requests.id(context, "id", "user");
    Given body = CHANGE.body(context);
    Optional<Role> role = body.value(OPTIONAL_ROLE);
    Optional<String> state = body.value(STATE);
    User changed =
        registry.inOrganization(
            Access.actor(context),
            stores -> {
              apply(stores.users(), id, role, state);
              return stores.users().find(id);
            });
    context.json(UserView.of(changed));
  }

  private static void apply(Users users, UUID id, Optional<Role> role, Optional<String> state) {
    role.ifPresent(other -> users.appoint(id, other));
    if (state.equals(Optional.of("disabled"))) {
      users.disable(id);
    } else if (state.isPresent()) {
      users.enable(id);
    }
  }

  public void delete(Context context) {
    UUID id = Requests.id(context, "id", "user");
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          stores.users().delete(id);
          return id;
        });
    context.status(204);
  }

  /** For who has lost both the device and the recovery codes. */
  public void removeSecondFactor(Context context) {
    UUID id = Requests.id(context, "id", "user");
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          stores.users().find(id);
          stores.secondFactors().remove(id);
          return id;
        });
    context.status(204);
  }

  static Field<String> newPassword(String name) {
    return Fields.text(name, 1_000)
        .reading(
            text -> Optional.of(text).filter(password -> password.length() >= LEAST_PASSWORD),
            "must have " + LEAST_PASSWORD + " to 1000 printable characters");
  }

  private static Optional<Role> role(String word) {
    return Arrays.stream(Role.values()).filter(role -> role.word().equals(word)).findFirst();
  }

  private record UserList(List<UserView> users) {}

  private record UserView(
      UUID id,
      String email,
      String name,
      String role,
      @Nullable String issuer,
      String state,
      Instant createdAt) {
    static UserView of(User user) {
      return new UserView(
          user.id(),
          user.email(),
          user.name(),
          user.role().word(),
          user.issuer(),
          user.disabled() ? "disabled" : "enabled",
          user.createdAt());
    }
  }
}
