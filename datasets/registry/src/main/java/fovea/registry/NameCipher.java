package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.contract.errors.CallerMistake;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what only the application may read, patients' names first of all, with AES-256-GCM.
 * Layout: version 2 (1 byte), key id (4 bytes of the key's SHA-256), nonce (12 bytes), ciphertext
 * and tag (16 bytes); version 1 had no key id. The row's id is authenticated with it, so a name
 * cannot be moved to another row. What was written under an old key stays readable.
 */
public final class NameCipher {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER_BYTES = 5;
  private static final byte WITHOUT_KEY_ID = 1;
  private static final byte WITH_KEY_ID = 2;

  /** By what they head, the current one first. */
  private final Map<ByteBuffer, SecretKeySpec> keys;

  private final byte[] header;
  private final SecureRandom random = new SecureRandom();

  private NameCipher(Map<ByteBuffer, SecretKeySpec> keys) {
    this.keys = keys;
    this.header = keys.keySet().iterator().next().array();
  }

  /**
   * @param encryptionKey {@code ENCRYPTION_KEY}: exactly 32 bytes of text
   * @throws CallerMistake for any other length; the message never shows the key
   */
  public static NameCipher of(String encryptionKey) {
    return of(encryptionKey, List.of());
  }

  /**
   * @param old {@code ENCRYPTION_KEYS_OLD}: keys that were {@code ENCRYPTION_KEY} once
   */
  public static NameCipher of(String encryptionKey, List<String> old) {
    Map<ByteBuffer, SecretKeySpec> keys = new LinkedHashMap<>();
    put(keys, "ENCRYPTION_KEY", encryptionKey);
    old.forEach(key -> put(keys, "each of ENCRYPTION_KEYS_OLD", key));
    return new NameCipher(keys);
  }

  private static void put(Map<ByteBuffer, SecretKeySpec> keys, String name, String text) {
    byte[] key = text.getBytes(UTF_8);
    if (key.length != 32) {
      throw new CallerMistake(
          "bad-encryption-key",
          name + " must have exactly 32 characters, cannot have " + key.length,
          "Generate one with: openssl rand -hex 16");
    }
    byte[] header = new byte[HEADER_BYTES];
    header[0] = WITH_KEY_ID;
    System.arraycopy(Secrets.hash(text), 0, header, 1, HEADER_BYTES - 1);
    keys.putIfAbsent(ByteBuffer.wrap(header), new SecretKeySpec(key, "AES"));
  }

  /** What everything begins with that was encrypted under the current key. */
  byte[] header() {
    return header.clone();
  }

  /** The name as stored in the row {@code row}. */
  public byte[] encrypt(String name, UUID row) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    SecretKeySpec current = keys.values().iterator().next();
    byte[] sealed = run(Cipher.ENCRYPT_MODE, current, nonce, row, name.getBytes(UTF_8));
    return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + sealed.length)
        .put(header)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /**
   * The name that {@code stored} holds.
   *
   * @throws IllegalStateException where it was changed, moved to another row, or its key is unknown
   */
  public String decrypt(byte[] stored, UUID row) {
    if (stored.length > 0 && stored[0] == WITHOUT_KEY_ID) {
      return withAnyKey(stored, row);
    }
    if (stored.length < HEADER_BYTES) {
      throw unreadable(row, null);
    }
    SecretKeySpec key = keys.get(ByteBuffer.wrap(Arrays.copyOf(stored, HEADER_BYTES)));
    if (key == null) {
      throw unreadable(row, null);
    }
    return open(key, stored, HEADER_BYTES, row);
  }

  private String withAnyKey(byte[] stored, UUID row) {
    IllegalStateException refused = unreadable(row, null);
    for (SecretKeySpec key : keys.values()) {
      try {
        return open(key, stored, 1, row);
      } catch (IllegalStateException anotherKey) {
        refused = anotherKey;
      }
    }
    throw refused;
  }

  private static String open(SecretKeySpec key, byte[] stored, int start, UUID row) {
    if (stored.length < start + NONCE_BYTES + TAG_BITS / 8) {
      throw unreadable(row, null);
    }
    byte[] nonce = Arrays.copyOfRange(stored, start, start + NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(stored, start + NONCE_BYTES, stored.length);
    return new String(run(Cipher.DECRYPT_MODE, key, nonce, row, sealed), UTF_8);
  }

  private static byte[] run(int mode, SecretKeySpec key, byte[] nonce, UUID row, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(row.toString().getBytes(UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException refused) {
      throw unreadable(row, refused);
    }
  }

  private static IllegalStateException unreadable(
      UUID row, @Nullable GeneralSecurityException why) {
    return new IllegalStateException("the name in row " + row + " cannot be read", why);
  }
}
