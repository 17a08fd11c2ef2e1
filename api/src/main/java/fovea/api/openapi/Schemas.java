package fovea.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas of the records that are answered, as they are written: a component that may be null
 * is left out then. Each record is named once.
 */
final class Schemas {
  private static final Map<Type, ObjectNode> PLAIN =
      Map.ofEntries(
          Map.entry(String.class, of("string")),
          Map.entry(UUID.class, of("string").put("format", "uuid")),
          Map.entry(URI.class, of("string").put("format", "uri")),
          Map.entry(Instant.class, of("string").put("format", "date-time")),
          Map.entry(boolean.class, of("boolean")),
          Map.entry(Boolean.class, of("boolean")),
          Map.entry(int.class, of("integer")),
          Map.entry(Integer.class, of("integer")),
          Map.entry(long.class, of("integer")),
          Map.entry(Long.class, of("integer")),
          Map.entry(double.class, of("number")),
          Map.entry(Double.class, of("number")),
          Map.entry(JsonNode.class, object()));

  private final Map<String, ObjectNode> named = new TreeMap<>();
  private final Map<String, Class<?>> owners = new HashMap<>();

  /** Every record that was asked for, and those within. */
  ObjectNode all() {
    ObjectNode all = object();
    named.forEach(all::set);
    return all;
  }

  /** The schema of a type, or a reference to it. */
  ObjectNode schema(Type type) {
    ObjectNode plain = PLAIN.get(type);
    if (plain != null) {
      return plain.deepCopy();
    }
    if (type instanceof ParameterizedType several) {
      return several(several);
    }
    if (type instanceof Class<?> record && record.isRecord()) {
      name(record);
      return object().put("$ref", "#/components/schemas/" + record.getSimpleName());
    }
    throw new IllegalStateException("no schema for " + type);
  }

  private ObjectNode several(ParameterizedType type) {
    if (type.getRawType() == List.class) {
      ObjectNode items = schema(type.getActualTypeArguments()[0]);
      return of("array").set("items", items);
    }
    if (type.getRawType() == Map.class) {
      ObjectNode values = schema(type.getActualTypeArguments()[1]);
      return of("object").set("additionalProperties", values);
    }
    throw new IllegalStateException("no schema for " + type);
  }

  private void name(Class<?> record) {
    String name = record.getSimpleName();
    Class<?> owner = owners.putIfAbsent(name, record);
    if (owner == record) {
      return;
    }
    if (owner != null) {
      throw new IllegalStateException(owner + " and " + record + " have one name");
    }
    ObjectNode schema = of("object");
    named.put(name, schema);
    ObjectNode properties = schema.putObject("properties");
    for (RecordComponent component : record.getRecordComponents()) {
      properties.set(component.getName(), schema(component.getGenericType()));
      if (always(component.getAnnotatedType())) {
        schema.withArray("required").add(component.getName());
      }
    }
    schema.put("additionalProperties", false);
  }

  private static boolean always(AnnotatedType type) {
    return !type.isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode of(String type) {
    return object().put("type", type);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
