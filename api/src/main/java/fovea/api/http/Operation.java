package fovea.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.errors.CallerMistake;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a route is for, what it reads and what it answers. Routes read by it, and the document of
 * the API is written by it.
 *
 * @param summary one line
 * @param body fields of the JSON object it takes; none: it takes no body
 * @param query parameters
 * @param answers those that are no errors
 */
public record Operation(
    String summary, List<Field<?>> body, List<Field<?>> query, List<Answered> answers) {
  /** Of a route of which nothing is said. */
  static final Operation UNSAID = of("");

  /** Copies. */
  public Operation {
    body = List.copyOf(body);
    query = List.copyOf(query);
    answers = List.copyOf(answers);
  }

  /**
   * @param summary one line: what calling it does
   */
  public static Operation of(String summary) {
    return new Operation(summary, List.of(), List.of(), List.of());
  }

  /** Takes a JSON object of these fields. */
  public Operation takes(Field<?>... fields) {
    return new Operation(summary, List.of(fields), query, answers);
  }

  /** Takes these parameters in its query. */
  public Operation asks(Field<?>... parameters) {
    return new Operation(summary, body, List.of(parameters), answers);
  }

  /** Answers with JSON of a record. */
  public Operation answers(int status, Class<?> type) {
    return answers(status, "application/json", type);
  }

  /** Answers with something else; the type is of one line where there are lines. */
  public Operation answers(int status, String mediaType, Class<?> type) {
    List<Answered> all = new ArrayList<>(answers);
    all.add(new Answered(status, mediaType, type));
    return new Operation(summary, body, query, all);
  }

  /** Answers without a body. */
  public Operation answersNothing() {
    return answers(204, "", Void.class);
  }

  /** The body of a request; a misspelt field is refused, not ignored. */
  public Given body(Context context) {
    JsonNode object = Body.object(context);
    Map<String, JsonNode> values = new HashMap<>();
    object.fields().forEachRemaining(e -> values.put(e.getKey(), e.getValue()));
    for (String name : values.keySet()) {
      if (body.stream().noneMatch(field -> field.name().equals(name))) {
        throw new CallerMistake(
            "unknown-field", "there is no field " + Body.printable(name), known(body, "fields"));
      }
    }
    return new Given(values, Body::bad);
  }

  /** The query of a request; a misspelt parameter is refused, not ignored. */
  public Given query(Context context) {
    Map<String, JsonNode> values = new HashMap<>();
    for (String name : context.queryParamMap().keySet()) {
      Field<?> field =
          query.stream()
              .filter(known -> known.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new CallerMistake(
                          "unknown-parameter",
                          "there is no parameter " + Body.printable(name),
                          known(query, "parameters")));
      values.put(name, field.fromText(String.valueOf(context.queryParam(name))));
    }
    return new Given(
        values, (name, rule) -> Requests.badParameter(name, rule, "Correct it in the query"));
  }

  private static String known(List<Field<?>> fields, String what) {
    return fields.stream()
        .map(Field::name)
        .collect(Collectors.joining(", ", "Known " + what + ": ", ""));
  }

  /**
   * One answer.
   *
   * @param mediaType empty where there is no body
   * @param type a record
   */
  public record Answered(int status, String mediaType, Class<?> type) {}
}
