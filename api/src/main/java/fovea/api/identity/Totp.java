package fovea.api.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One-time passwords by time: RFC 6238 with SHA-1, six digits and steps of 30 s. */
final class Totp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Totp() {}

  /** A fresh secret: 160 bits in base 32, without padding. */
  static String secret() {
    StringBuilder text = new StringBuilder();
    RANDOM.ints(32, 0, 32).forEach(digit -> text.append(BASE32.charAt(digit)));
    return text.toString();
  }

  /** What authenticator apps read from a QR code. */
  static String uri(String secret, String account) {
    return "otpauth://totp/Fovea:"
        + URLEncoder.encode(account, UTF_8)
        + "?secret="
        + secret
        + "&issuer=Fovea";
  }

  /** The time step whose code this is, of the present one and its neighbours; or none. */
  static OptionalLong step(String secret, String code, Instant now) {
    long present = now.getEpochSecond() / STEP_SECONDS;
    return LongStream.of(present - 1, present, present + 1)
        .filter(step -> code(secret, step).equals(code))
        .max();
  }

  static String code(String secret, long step) {
    byte[] hash = hmac(key(secret), ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & 0xf;
    int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fffffff;
    return "%06d".formatted(number % 1_000_000);
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] key(String secret) {
    ByteBuffer bytes = ByteBuffer.allocate(secret.length() * 5 / 8);
    long bits = 0;
    int count = 0;
    for (char digit : secret.toCharArray()) {
      bits = bits << 5 | BASE32.indexOf(digit);
      count += 5;
      if (count >= 8) {
        count -= 8;
        bytes.put((byte) (bits >> count));
      }
    }
    return bytes.array();
  }
}
