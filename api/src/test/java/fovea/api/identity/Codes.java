package fovea.api.identity;

import java.time.Instant;

/** What an authenticator app would show. */
public final class Codes {
  private Codes() {}

  /** The code of the present time step, or of one that is so many steps later. */
  public static String of(String secret, int later) {
    return Totp.code(secret, Instant.now().getEpochSecond() / 30 + later);
  }
}
