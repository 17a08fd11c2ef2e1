package fovea.api.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.api.http.Field;
import fovea.api.http.Operation.Answered;
import fovea.api.http.Problem;
import fovea.api.http.Route;
import fovea.api.http.Rule;
import fovea.registry.Role;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The document of the API in OpenAPI 3.1, written from its routes. */
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

  private final Schemas schemas = new Schemas();
  private final ObjectNode document = JsonNodeFactory.instance.objectNode();

  private OpenApi() {}

  static ObjectNode of(List<Route> routes) {
    OpenApi api = new OpenApi();
    api.document.put("openapi", "3.1.0");
    api.document
        .putObject("info")
        .put("title", "Fovea")
        .put("version", "1")
        .put("description", "Medical images for research: patients, photographs, sessions, models");
    ObjectNode paths = api.document.putObject("paths");
    routes.forEach(route -> api.add(paths, route));
    api.components();
    return api.document;
  }

  private void add(ObjectNode paths, Route route) {
    ObjectNode operation = paths.withObjectProperty(route.path()).putObject(word(route.method()));
    operation.put("operationId", id(route));
    operation.putArray("tags").add(route.path().replaceFirst("^/v1", "").split("/", -1)[1]);
    operation.put("summary", route.operation().summary());
    operation.put("description", "Roles: " + roles(route.rule()));
    ArrayNode parameters = operation.putArray("parameters");
    Matcher inPath = PARAMETER.matcher(route.path());
    while (inPath.find()) {
      parameters.add(inPath(inPath.group(1)));
    }
    route.operation().query().forEach(field -> parameters.add(inQuery(field)));
    headers(parameters, route);
    if (!route.operation().body().isEmpty()) {
      body(operation.putObject("requestBody"), route.operation().body());
    }
    answers(operation.putObject("responses"), route);
    ArrayNode security = operation.putArray("security");
    if (route.rule() != Rule.ANYONE) {
      security.addObject().putArray("token");
    }
  }

  private static ObjectNode inPath(String name) {
    ObjectNode parameter = parameter(name, "path").put("required", true);
    ObjectNode schema = parameter.putObject("schema").put("type", "string");
    if (name.matches("id|file|delivery")) {
      schema.put("format", "uuid");
    }
    return parameter;
  }

  private static ObjectNode inQuery(Field<?> field) {
    ObjectNode parameter = parameter(field.name(), "query").put("required", field.required());
    parameter.set("schema", field.schema().deepCopy());
    return parameter;
  }

  private static void headers(ArrayNode parameters, Route route) {
    if (route.rule() != Rule.ANYONE) {
      switch (word(route.method())) {
        case "get" -> parameters.add(header("If-None-Match", "The ETag of what the caller has"));
        case "post" -> parameters.add(header("Idempotency-Key", "Sent again, it is done once"));
        default -> parameters.add(header("If-Match", "The ETag of what the change was made of"));
      }
    }
  }

  private static ObjectNode header(String name, String meaning) {
    ObjectNode parameter = parameter(name, "header").put("description", meaning);
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }

  private static ObjectNode parameter(String name, String place) {
    return JsonNodeFactory.instance.objectNode().put("name", name).put("in", place);
  }

  private static void body(ObjectNode body, List<Field<?>> fields) {
    ObjectNode schema =
        body.put("required", true)
            .putObject("content")
            .putObject("application/json")
            .putObject("schema")
            .put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (Field<?> field : fields) {
      properties.set(field.name(), orNull(field));
      if (field.required()) {
        schema.withArray("required").add(field.name());
      }
    }
    schema.put("additionalProperties", false);
  }

  // What may be left out may be null as well.
  private static ObjectNode orNull(Field<?> field) {
    ObjectNode schema = field.schema().deepCopy();
    if (!field.required()) {
      String type = schema.path("type").asText();
      schema.putArray("type").add(type).add("null");
      if (schema.has("enum")) {
        schema.withArray("enum").addNull();
      }
    }
    return schema;
  }

  private void answers(ObjectNode responses, Route route) {
    for (Answered answer : route.operation().answers()) {
      ObjectNode response = responses.putObject(String.valueOf(answer.status()));
      response.put("description", answer.status() < 300 ? "As asked" : "Not as asked");
      if (!answer.mediaType().isEmpty()) {
        response
            .putObject("content")
            .putObject(answer.mediaType())
            .set("schema", schemas.schema(answer.type()));
      }
    }
    responses.putObject("default").put("$ref", "#/components/responses/Problem");
  }

  private void components() {
    ObjectNode problem = schemas.schema(Problem.class);
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.all());
    components
        .putObject("responses")
        .putObject("Problem")
        .put("description", "What is wrong, by its code, and what to do")
        .putObject("content")
        .putObject(Problem.MEDIA_TYPE)
        .set("schema", problem);
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer");
  }

  private static String id(Route route) {
    return word(route.method()) + route.path().replaceAll("[/{}.-]+", "_").replaceAll("_$", "");
  }

  private static String word(HandlerType method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  private static String roles(Rule rule) {
    return rule == Rule.ANYONE
        ? "anyone"
        : Arrays.stream(Role.values())
            .filter(rule::admits)
            .map(Role::word)
            .collect(Collectors.joining(", "));
  }
}
