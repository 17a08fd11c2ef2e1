package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.contract.errors.CallerMistake;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts patients' names with AES-256-GCM. Layout: version 1 (1 byte), nonce (12 bytes),
 * ciphertext and tag (16 bytes). The row's id is authenticated with it, so a name cannot be moved
 * to another row.
 */
public final class NameCipher {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private NameCipher(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * @param encryptionKey {@code ENCRYPTION_KEY}: exactly 32 bytes of text
   * @throws CallerMistake for any other length; the message never shows the key
   */
  public static NameCipher of(String encryptionKey) {
    byte[] key = encryptionKey.getBytes(UTF_8);
    if (key.length != 32) {
      throw new CallerMistake(
          "bad-encryption-key",
          "ENCRYPTION_KEY must have exactly 32 characters, cannot have " + key.length,
          "Generate one with: openssl rand -hex 16");
    }
    return new NameCipher(key);
  }

  /** The name as stored in the row {@code row}. */
  public byte[] encrypt(String name, UUID row) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, row, name.getBytes(UTF_8));
    return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
        .put(VERSION)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /**
   * The name that {@code stored} holds.
   *
   * @throws IllegalStateException where it was changed, moved to another row, or has another key
   */
  public String decrypt(byte[] stored, UUID row) {
    if (stored.length < 1 + NONCE_BYTES + TAG_BITS / 8 || stored[0] != VERSION) {
      throw new IllegalStateException("no encrypted name in row " + row);
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored, 1, stored.length - 1);
    byte[] nonce = new byte[NONCE_BYTES];
    buffer.get(nonce);
    byte[] sealed = new byte[buffer.remaining()];
    buffer.get(sealed);
    return new String(run(Cipher.DECRYPT_MODE, nonce, row, sealed), UTF_8);
  }

  private byte[] run(int mode, byte[] nonce, UUID row, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(row.toString().getBytes(UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("the name in row " + row + " cannot be read", refused);
    }
  }
}
