package fovea.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fovea.contract.errors.CallerMistake;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request, read field by field; what does not fit is the caller's mistake. */
public final class Body {
  private static final int MOST_BYTES = 65_536;
  private static final String CONTENT = "content";
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]");

  private final JsonNode object;

  private Body(JsonNode object) {
    this.object = object;
  }

  /**
   * @param fields every field the route knows: a misspelt one is refused, not ignored
   */
  public static Body of(Context context, String... fields) {
    JsonNode node = object(context);
    Set<String> known = Set.of(fields);
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new CallerMistake(
            "unknown-field",
            "there is no field " + printable(name),
            "Known fields: " + String.join(", ", List.of(fields)));
      }
    }
    return new Body(node);
  }

  /** The JSON object of a request. */
  static JsonNode object(Context context) {
    JsonNode node = parse(content(context));
    if (node == null || !node.isObject()) {
      throw malformed("the body is no JSON object");
    }
    return node;
  }

  /** A text that must be there. */
  public String text(String field, int most) {
    return required(field, optionalText(field, most));
  }

  /** A text of at most {@code most} characters, or null. */
  public @Nullable String optionalText(String field, int most) {
    JsonNode node = node(field);
    if (node.isMissingNode()) {
      return null;
    }
    String text = node.isTextual() ? node.textValue().strip() : "";
    if (text.isEmpty() || text.length() > most || UNPRINTABLE.matcher(text).find()) {
      throw bad(field, "must be a text of 1 to " + most + " printable characters");
    }
    return text;
  }

  /** A word that some reader knows, or null. */
  public <T> @Nullable T optionalWord(
      String field, Function<String, Optional<T>> reader, String words) {
    String text = optionalText(field, 100);
    return text == null
        ? null
        : reader.apply(text).orElseThrow(() -> bad(field, "must be one of " + words));
  }

  /** A word that some reader knows. */
  public <T> T word(String field, Function<String, Optional<T>> reader, String words) {
    return required(field, optionalWord(field, reader, words));
  }

  /** A moment that is not to come, as {@code 2026-01-31T09:30:00Z}, or null. */
  public @Nullable Instant optionalPast(String field) {
    String text = optionalText(field, 40);
    if (text == null) {
      return null;
    }
    try {
      Instant moment = Instant.parse(text);
      if (!moment.isAfter(Instant.now())) {
        return moment;
      }
    } catch (DateTimeParseException notOne) {
      throw bad(field, "must be a moment such as 2026-01-31T09:30:00Z");
    }
    throw bad(field, "must not be to come");
  }

  /** A whole number, or null. */
  public @Nullable Integer optionalInteger(String field, int least, int most) {
    JsonNode node = node(field);
    return node.isMissingNode() ? null : (int) whole(field, node, least, most);
  }

  /** A whole number that must be there. */
  public long whole(String field, long least, long most) {
    JsonNode node = node(field);
    if (node.isMissingNode()) {
      throw missing(field);
    }
    return whole(field, node, least, most);
  }

  /** A number, or null. */
  public @Nullable Double optionalNumber(String field, double least, double most) {
    JsonNode node = node(field);
    if (node.isMissingNode()) {
      return null;
    }
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!(value >= least && value <= most)) {
      throw bad(field, "must be a number from " + least + " to " + most);
    }
    return value;
  }

  /** A number that must be there. */
  public double number(String field, double least, double most) {
    return required(field, optionalNumber(field, least, most));
  }

  /** An SHA-256 as 64 hexadecimal digits, in lower case, or null. */
  public @Nullable String optionalSha256(String field) {
    String text = optionalText(field, 64);
    if (text != null && !text.matches("[0-9a-fA-F]{64}")) {
      throw bad(field, "must be 64 hexadecimal digits");
    }
    return text == null ? null : text.toLowerCase(java.util.Locale.ROOT);
  }

  /** An object as JSON text, or null. */
  public @Nullable String optionalObject(String field, int most) {
    JsonNode node = node(field);
    if (node.isMissingNode()) {
      return null;
    }
    String json = node.toString();
    // Postgres keeps no NUL in a text.
    if (!node.isObject() || json.length() > most || json.contains("\\u0000")) {
      throw bad(field, "must be a JSON object of at most " + most + " characters");
    }
    return json;
  }

  private static long whole(String field, JsonNode node, long least, long most) {
    boolean fits = node.isIntegralNumber() && node.canConvertToLong();
    long value = fits ? node.longValue() : 0;
    if (!fits || value < least || value > most) {
      throw bad(field, "must be a whole number from " + least + " to " + most);
    }
    return value;
  }

  private JsonNode node(String field) {
    JsonNode node = object.path(field);
    return node.isNull() ? MissingNode.getInstance() : node;
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

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw missing(field);
    }
    return value;
  }

  private static CallerMistake malformed(String what) {
    return new CallerMistake("malformed-json", what, "Send one JSON object, in UTF-8");
  }

  private static CallerMistake missing(String field) {
    return new CallerMistake("missing-field", field + " is missing", "Give it in the JSON body");
  }

  // Values are not repeated: they may be names.
  public static CallerMistake bad(String field, String why) {
    return new CallerMistake("bad-field", field + " " + why, "Correct it in the JSON body");
  }

  static String printable(String name) {
    String plain = UNPRINTABLE.matcher(name).replaceAll("?");
    return plain.length() > 50 ? plain.substring(0, 50) : plain;
  }
}
