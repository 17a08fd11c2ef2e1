package fovea.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The kinds of values that callers give. */
public final class Fields {
  static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]");

  private Fields() {}

  /** A text of at most {@code most} printable characters. */
  public static Field<String> text(String name, int most) {
    return required(
        name,
        "must be a text of 1 to " + most + " printable characters",
        schema("string", s -> s.put("minLength", 1).put("maxLength", most)),
        node -> printable(node).filter(text -> text.length() <= most));
  }

  /** A word that some reader knows, other spellings of it too. */
  public static <T> Field<T> word(
      String name, Function<String, Optional<T>> reader, String... words) {
    List<String> known = List.of(words);
    ObjectNode schema = schema("string", s -> s);
    known.forEach(schema.putArray("examples")::add);
    return required(
        name,
        "must be one of " + String.join(", ", known),
        schema,
        node -> printable(node).flatMap(reader));
  }

  /** One of some words. */
  public static Field<String> oneOf(String name, List<String> words) {
    ObjectNode schema = schema("string", s -> s);
    words.forEach(schema.putArray("enum")::add);
    return required(
        name,
        "must be one of " + String.join(", ", words),
        schema,
        node -> printable(node).filter(words::contains));
  }

  /** A whole number. */
  public static Field<Integer> integer(String name, int least, int most) {
    Field<Long> whole = whole(name, least, most);
    return required(
        name,
        whole.rule(),
        whole.schema(),
        node -> whole.reader().apply(node).map(Math::toIntExact));
  }

  /** A whole number that may be large. */
  public static Field<Long> whole(String name, long least, long most) {
    return required(
        name,
        "must be a whole number from " + least + " to " + most,
        schema("integer", s -> s.put("minimum", least).put("maximum", most)),
        node ->
            Optional.of(node)
                .filter(n -> n.isIntegralNumber() && n.canConvertToLong())
                .map(JsonNode::longValue)
                .filter(value -> value >= least && value <= most));
  }

  /** A number. */
  public static Field<Double> number(String name, double least, double most) {
    return required(
        name,
        "must be a number from " + least + " to " + most,
        schema("number", s -> s.put("minimum", least).put("maximum", most)),
        node ->
            Optional.of(node)
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .filter(value -> value >= least && value <= most));
  }

  /** A moment. */
  public static Field<Instant> moment(String name) {
    return required(
        name,
        "must be a moment such as 2026-01-31T09:30:00Z",
        schema("string", s -> s.put("format", "date-time")),
        node -> printable(node).flatMap(Fields::instant));
  }

  /** A moment that is not to come. */
  public static Field<Instant> past(String name) {
    Field<Instant> moment = moment(name);
    return required(
        name,
        moment.rule() + " that is not to come",
        moment.schema(),
        node -> moment.reader().apply(node).filter(at -> !at.isAfter(Instant.now())));
  }

  /** An id. */
  public static Field<UUID> id(String name) {
    return required(
        name,
        "must be an id such as 123e4567-e89b-12d3-a456-426614174000",
        schema("string", s -> s.put("format", "uuid")),
        node -> printable(node).flatMap(Fields::uuid));
  }

  /** An SHA-256, read in lower case. */
  public static Field<String> sha256(String name) {
    return required(
        name,
        "must be 64 hexadecimal digits",
        schema("string", s -> s.put("pattern", "^[0-9a-fA-F]{64}$")),
        node ->
            printable(node)
                .filter(text -> text.matches("[0-9a-fA-F]{64}"))
                .map(text -> text.toLowerCase(Locale.ROOT)));
  }

  /** A JSON object of at most {@code most} characters, read as its text. */
  public static Field<String> object(String name, int most) {
    return required(
        name,
        "must be a JSON object of at most " + most + " characters",
        schema("object", s -> s),
        // Postgres keeps no NUL in a text.
        node ->
            Optional.of(node)
                .filter(JsonNode::isObject)
                .map(JsonNode::toString)
                .filter(json -> json.length() <= most && !json.contains("\\u0000")));
  }

  private static <T> Field<T> required(
      String name, String rule, ObjectNode schema, Function<JsonNode, Optional<T>> reader) {
    return new Field<>(name, rule, schema, Optional.empty(), reader);
  }

  private static ObjectNode schema(String type, UnaryOperator<ObjectNode> more) {
    return more.apply(JsonNodeFactory.instance.objectNode().put("type", type));
  }

  private static Optional<String> printable(JsonNode node) {
    return Optional.of(node)
        .filter(JsonNode::isTextual)
        .map(n -> n.textValue().strip())
        .filter(text -> !text.isEmpty() && !UNPRINTABLE.matcher(text).find());
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
