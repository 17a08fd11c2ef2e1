package fovea.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.errors.CallerMistake;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request; its fields are read by {@link Operation}. */
final class Body {
  private static final int MOST_BYTES = 65_536;
  private static final String CONTENT = "content";
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]");

  private Body() {}

  /** The JSON object of a request. */
  static JsonNode object(Context context) {
    JsonNode node = parse(content(context));
    if (node == null || !node.isObject()) {
      throw malformed("the body is no JSON object");
    }
    return node;
  }

  /** The bytes of a request's body, however often they are asked for. */
  static byte[] content(Context context) {
    byte[] read = context.attribute(CONTENT);
    if (read == null) {
      read = read(context);
      context.attribute(CONTENT, read);
    }
    return read;
  }

  /** A name from a body in one line, for messages. */
  static String printable(String name) {
    String plain = UNPRINTABLE.matcher(name).replaceAll("?");
    return plain.length() > 50 ? plain.substring(0, 50) : plain;
  }

  /** A field that does not fit; values are not repeated: they may be names. */
  static CallerMistake bad(String field, String why) {
    return new CallerMistake("bad-field", field + " " + why, "Correct it in the JSON body");
  }

  private static byte[] read(Context context) {
    try (InputStream stream = context.bodyInputStream()) {
      byte[] content = stream.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new CallerMistake(
            "body-too-large",
            "the body is larger than " + MOST_BYTES + " bytes",
            "Files go to the upload URL, not here");
      }
      return content;
    } catch (IOException gone) {
      throw new UncheckedIOException("the request ended early", gone);
    }
  }

  private static @Nullable JsonNode parse(byte[] content) {
    try {
      return Json.MAPPER.readTree(content);
    } catch (JsonProcessingException malformed) {
      throw malformed("the body is no JSON");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static CallerMistake malformed(String what) {
    return new CallerMistake("malformed-json", what, "Send one JSON object, in UTF-8");
  }
}
