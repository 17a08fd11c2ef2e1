package fovea.api.notices;

import fovea.api.http.Json;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Role;
import fovea.registry.Webhooks.Delivery;
import fovea.registry.Webhooks.Due;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries from the queue and tells them, each at least once. Any number of processes may
 * run one: the queue gives a delivery to one of them at a time.
 */
public final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final UUID NOBODY = new UUID(0, 0);
  private static final int AT_ONCE = 5;
  private static final long PAUSE_MILLIS = 500;
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);

  private final ApiRegistry registry;
  private final NoticeSettings settings;
  private final HttpSender http;
  private final Optional<MailSender> mail;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "courier"));

  public Courier(ApiRegistry registry, NoticeSettings settings) {
    this.registry = registry;
    this.settings = settings;
    this.http = new HttpSender(new Targets(settings.inward()));
    this.mail = settings.smtp().map(MailSender::new);
  }

  /** Begins its rounds. */
  public void start() {
    rounds.scheduleWithFixedDelay(this::round, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void round() {
    try {
      for (var due = registry.dueDeliveries(AT_ONCE);
          !due.isEmpty();
          due = registry.dueDeliveries(AT_ONCE)) {
        due.forEach(this::attempt);
      }
    } catch (RuntimeException failed) {
      LOG.warn("deliveries are late: {}", failed.getMessage());
    }
  }

  // One that cannot be read keeps no other back; it comes again in a minute.
  private void attempt(Due due) {
    try {
      deliver(due);
    } catch (RuntimeException failed) {
      LOG.warn("delivery {} was not attempted: {}", due.id(), failed.getMessage());
    }
  }

  private void deliver(Due due) {
    Actor actor = new Actor(NOBODY, due.organization(), Role.ADMIN);
    Optional<Delivery> claimed =
        registry.inOrganization(actor, stores -> stores.webhooks().delivery(due.id()));
    claimed.ifPresent(
        delivery -> {
          Outcome outcome = tell(delivery);
          registry.inOrganization(
              actor,
              stores -> {
                if (outcome.arrived()) {
                  stores.webhooks().delivered(due.id(), outcome.words());
                } else if (delivery.tries() >= settings.mostTries()) {
                  stores.webhooks().dead(due.id(), outcome.words());
                } else {
                  stores.webhooks().later(due.id(), wait(delivery.tries()), outcome.words());
                }
                return due;
              });
        });
  }

  private Outcome tell(Delivery delivery) {
    try {
      if (delivery.url().startsWith("mailto:")) {
        if (mail.isEmpty()) {
          return new Outcome(false, "no mail server is set");
        }
        mail.get().send(delivery);
        return new Outcome(true, "sent");
      }
      Instant now = Instant.now();
      int status = http.send(delivery, Json.text(Told.of(delivery)), now);
      return new Outcome(status >= 200 && status < 300, "HTTP " + status);
    } catch (IOException | MessagingException | RuntimeException failed) {
      // The class says enough: messages may quote addresses of the network or the mail server.
      return new Outcome(false, failed.getClass().getSimpleName());
    }
  }

  private Duration wait(int tries) {
    Duration wait = settings.firstWait().multipliedBy(1L << Math.min(tries - 1, 20));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  @Override
  public void close() {
    rounds.shutdown();
    try {
      if (!rounds.awaitTermination(15, TimeUnit.SECONDS)) {
        rounds.shutdownNow();
      }
      http.close();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (IOException unclosed) {
      LOG.warn("the sender of webhooks did not close", unclosed);
    }
  }

  private record Outcome(boolean arrived, String words) {}

  /** What a webhook is told. */
  private record Told(
      UUID id, String event, UUID session, @Nullable String failureReason, Instant happenedAt) {
    static Told of(Delivery delivery) {
      return new Told(
          delivery.id(),
          delivery.event(),
          delivery.session(),
          delivery.failureReason(),
          delivery.happenedAt());
    }
  }
}
