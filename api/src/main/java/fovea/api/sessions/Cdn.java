package fovea.api.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.contract.capture.ObjectKey;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A CDN in front of the models.
 *
 * @param base what stands before a model's key
 * @param secret where the edge checks who may fetch: URLs are signed as nginx's {@code secure_link}
 *     wants them
 * @param lifetime how long a signed URL works at least; at most twice that, so that a browser which
 *     asks again gets the same URL and takes the model from its cache
 */
public record Cdn(URI base, Optional<String> secret, Duration lifetime) {

  /** Where a model is fetched. */
  public URI url(ObjectKey key, Instant now) {
    URI plain = URI.create(base + "/" + key.path());
    return secret.map(word -> signed(plain, word, now)).orElse(plain);
  }

  private URI signed(URI plain, String word, Instant now) {
    long step = lifetime.toSeconds();
    long expires = (now.getEpochSecond() / step + 2) * step;
    String link = md5(expires + plain.getPath() + " " + word);
    return URI.create(plain + "?expires=" + expires + "&md5=" + link);
  }

  // MD5 is nginx's choice. The secret comes last and its length is fixed: nothing can be appended.
  private static String md5(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has MD5", impossible);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "the CDN at " + base;
  }
}
