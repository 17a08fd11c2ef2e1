package fovea.api.notices;

import fovea.api.http.Answers;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.registry.ApiRegistry;
import fovea.registry.Webhooks.Delivery;
import fovea.registry.Webhooks.Webhook;
import io.javalin.http.Context;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom an organisation wants told when a session ends, and what became of telling. */
public final class WebhookRoutes {
  private static final List<String> EVENTS =
      List.of("session.completed", "session.failed", "session.cancelled");
  private static final Field<String> URL =
      Fields.text("url", 2_000)
          .reading(WebhookRoutes::url, "must be http:, https: or mailto:, without user or fragment")
          .meaning("Whom to tell: a page that takes POSTs, or a mailbox");
  private static final Field<Optional<String>> EVENT =
      Fields.oneOf("event", EVENTS).meaning("What to tell; left out: all of these").optional();

  public static final Operation CREATE =
      Operation.of("Have a page or a mailbox told when sessions end; the secret is shown this once")
          .takes(URL, EVENT)
          .answers(201, MadeWebhook.class);
  public static final Operation LIST =
      Operation.of("List whom to tell").answers(200, WebhookList.class);
  public static final Operation DELETE = Operation.of("Tell no more").answersNothing();
  public static final Operation DELIVERIES =
      Operation.of("List what was told, the newest first").answers(200, DeliveryList.class);
  public static final Operation RETRY =
      Operation.of("Tell again what was given up").answers(202, Answers.Id.class);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final int MOST_DELIVERIES = 100;

  private final ApiRegistry registry;

  public WebhookRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  /** Adds one; its secret is shown this once. */
  public void create(Context context) {
    Given body = CREATE.body(context);
    String url = body.value(URL);
    List<String> events = body.value(EVENT).map(List::of).orElse(EVENTS);
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    String secret = "whsec_" + HexFormat.of().formatHex(random);
    UUID id =
        registry.inOrganization(
            Access.actor(context), stores -> stores.webhooks().create(url, secret, events));
    context.status(201).json(new MadeWebhook(id, url, events, secret));
  }

  public void list(Context context) {
    context.json(
        new WebhookList(
            registry.inOrganization(Access.actor(context), stores -> stores.webhooks().all())));
  }

  public void delete(Context context) {
    UUID id = Requests.id(context, "id", "webhook");
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          stores.webhooks().delete(id);
          return id;
        });
    context.status(204);
  }

  /** The last deliveries, with their outcome; the dead ones can be tried again. */
  public void deliveries(Context context) {
    UUID id = Requests.id(context, "id", "webhook");
    List<Delivery> deliveries =
        registry.inOrganization(
            Access.actor(context), stores -> stores.webhooks().deliveries(id, MOST_DELIVERIES));
    context.json(new DeliveryList(deliveries.stream().map(DeliveryView::of).toList()));
  }

  public void retry(Context context) {
    UUID id = Requests.id(context, "delivery", "delivery");
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          stores.webhooks().retry(id);
          return id;
        });
    context.status(202).json(new Answers.Id(id));
  }

  private static Optional<String> url(String text) {
    try {
      boolean mailbox = text.matches("mailto:[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}");
      return Optional.of(text).filter(t -> mailbox || Targets.isTarget(URI.create(t)));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private record MadeWebhook(UUID id, String url, List<String> events, String secret) {}

  private record WebhookList(List<Webhook> webhooks) {}

  private record DeliveryList(List<DeliveryView> deliveries) {}

  private record DeliveryView(
      UUID id,
      String event,
      UUID session,
      Instant happenedAt,
      String state,
      int tries,
      @Nullable String outcome) {
    static DeliveryView of(Delivery delivery) {
      return new DeliveryView(
          delivery.id(),
          delivery.event(),
          delivery.session(),
          delivery.happenedAt(),
          delivery.state(),
          delivery.tries(),
          delivery.outcome());
    }
  }
}
