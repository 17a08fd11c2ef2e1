package fovea.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * One value that callers give, in a body or in a query. What is read is what is documented: both
 * are made of this. See {@link Fields} for the kinds there are.
 *
 * @param name as callers write it
 * @param rule what it must be: the end of a refusal's sentence
 * @param schema as JSON Schema
 * @param absent what is read where it is not given; empty where it must be given
 * @param reader empty for what does not fit
 */
public record Field<T>(
    String name,
    String rule,
    ObjectNode schema,
    Optional<T> absent,
    Function<JsonNode, Optional<T>> reader) {

  /** The same, that may be left out. */
  public Field<Optional<T>> optional() {
    return new Field<>(
        name,
        rule,
        schema,
        Optional.of(Optional.empty()),
        node -> reader.apply(node).map(Optional::of));
  }

  /** The same, that is {@code standard} where it is left out. */
  public Field<T> orElse(T standard) {
    ObjectNode with = schema.deepCopy().set("default", Json.MAPPER.valueToTree(standard));
    return new Field<>(name, rule, with, Optional.of(standard), reader);
  }

  /** The same with a sentence on what it means. */
  public Field<T> meaning(String sentence) {
    return new Field<>(name, rule, schema.deepCopy().put("description", sentence), absent, reader);
  }

  /**
   * The same, read further.
   *
   * @param rule what it must be, instead
   */
  public <R> Field<R> reading(Function<T, Optional<R>> further, String rule) {
    return new Field<>(
        name, rule, schema, Optional.empty(), node -> reader.apply(node).flatMap(further));
  }

  /** Whether it must be given. */
  public boolean required() {
    return absent.isEmpty();
  }

  T read(JsonNode node, Function<String, RuntimeException> mistake) {
    return reader.apply(node).orElseThrow(() -> mistake.apply(rule));
  }

  /** A number, where the schema asks for one: queries have nothing but texts. */
  JsonNode fromText(String text) {
    boolean number = schema.path("type").asText().matches("number|integer");
    boolean plain = text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
    return number && plain ? Json.stored(text) : JsonNodeFactory.instance.textNode(text);
  }
}
