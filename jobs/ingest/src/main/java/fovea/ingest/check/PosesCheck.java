package fovea.ingest.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whether a poses file can be one: JSON that parses to its end (transforms.json), text (COLMAP,
 * Middlebury, ASCII PLY), binary COLMAP or PLY. What the poses say is the reconstruction's matter.
 */
final class PosesCheck {
  private static final int MOST_BYTES = 16 << 20;
  private static final JsonFactory JSON = new JsonFactory();

  private PosesCheck() {}

  /** What is wrong, in words without any of the file's; empty where nothing is. */
  static Optional<String> problem(byte[] content) {
    if (content.length > MOST_BYTES) {
      return Optional.of(content.length + " bytes, at most " + MOST_BYTES);
    }
    if (!isText(content)) {
      return isCounted(content) || isPly(content)
          ? Optional.empty()
          : Optional.of("neither text nor a binary COLMAP or PLY file");
    }
    return firstLetter(content) == '{' && !parses(content)
        ? Optional.of("JSON that does not parse")
        : Optional.empty();
  }

  // COLMAP's cameras.bin, images.bin, points3D.bin (also frames and rigs): a count of records, 64
  // bits
  // little-endian, of which none is shorter than 8 bytes.
  private static boolean isCounted(byte[] content) {
    if (content.length < Long.BYTES) {
      return false;
    }
    long count = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return count >= 0 && count <= content.length / Long.BYTES;
  }

  private static boolean isPly(byte[] content) {
    return content.length > 4
        && content[0] == 'p'
        && content[1] == 'l'
        && content[2] == 'y'
        && Character.isWhitespace(content[3]);
  }

  private static boolean isText(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    } catch (CharacterCodingException binary) {
      return false;
    }
    for (byte b : content) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }

  private static char firstLetter(byte[] content) {
    for (byte b : content) {
      if (!Character.isWhitespace(b)) {
        return (char) b;
      }
    }
    return ' ';
  }

  // Token by token: no tree, and jackson bounds the nesting.
  private static boolean parses(byte[] content) {
    try (JsonParser parser = JSON.createParser(content)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }
}
