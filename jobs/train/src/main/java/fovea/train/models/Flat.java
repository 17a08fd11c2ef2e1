package fovea.train.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON objects as names and values. */
public final class Flat {
  private Flat() {}

  /** In the order of the object, nested names joined by dots, lists by commas. */
  public static Map<String, String> of(JsonNode object) {
    Map<String, String> flat = new LinkedHashMap<>();
    add(flat, "", object);
    return flat;
  }

  /** The same object without some names, wherever they stand. */
  static JsonNode without(JsonNode node, Set<String> names) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    node.properties().stream()
        .filter(field -> !names.contains(field.getKey()))
        .forEach(field -> copy.set(field.getKey(), without(field.getValue(), names)));
    return copy;
  }

  private static void add(Map<String, String> flat, String prefix, JsonNode object) {
    object
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isObject()) {
                add(flat, prefix + field.getKey() + ".", value);
              } else {
                flat.put(prefix + field.getKey(), text(value));
              }
            });
  }

  private static String text(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return Words.decimal(value.doubleValue());
    }
    if (value.isArray() && !value.isEmpty()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(Flat::text)
          .collect(Collectors.joining(", "));
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
