package fovea.api.identity;

import fovea.api.http.ClientAddress;
import fovea.api.http.Refusal;
import fovea.registry.Credentials;
import fovea.registry.Credentials.Attempts;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;

/** Bounds how often a password or a code may be tried, whether or not anybody has that account. */
final class Tries {
  private final Credentials credentials;
  private final Attempts limits;
  private final ClientAddress address;

  Tries(Credentials credentials, Attempts limits, ClientAddress address) {
    this.credentials = credentials;
    this.limits = limits;
    this.address = address;
  }

  /**
   * Counts one more, before it is judged.
   *
   * @param account an email, or another word for whose secret is tried
   */
  void count(Context context, String account) {
    credentials
        .attempt(limits, account, address.of(context))
        .ifPresent(
            until -> {
              long seconds = Math.max(1, Duration.between(Instant.now(), until).toSeconds());
              context.header("Retry-After", Long.toString(seconds));
              throw Refusal.tooManyTries();
            });
  }

  /** The last one was right: those before are forgotten. */
  void right(Context context, String account) {
    credentials.succeeded(account, address.of(context));
  }
}
