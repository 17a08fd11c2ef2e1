package fovea.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import fovea.api.Client.Reply;
import fovea.api.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the API says of itself: every answer that a test gets is held against it. */
final class Contract {
  private static final Map<String, Contract> KNOWN = new ConcurrentHashMap<>();

  final JsonNode document;
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  private Contract(JsonNode document) {
    this.document = document;
  }

  static Contract of(String url) {
    return KNOWN.computeIfAbsent(url, Contract::read);
  }

  private static Contract read(String url) {
    try (var stream = URI.create(url + "/v1/openapi.json").toURL().openStream()) {
      return new Contract(Json.stored(new String(stream.readAllBytes(), UTF_8)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Fails where an answer is not what the document says of its route. */
  void check(HttpRequest request, Reply reply) {
    JsonNode operation = operation(request);
    String media = reply.header("content-type").replaceFirst(";.*", "");
    if (reply.status() == 304 || operation.isMissingNode() && reply.status() < 400) {
      return;
    }
    JsonNode said = operation.path("responses").path(String.valueOf(reply.status()));
    if (said.isMissingNode()) {
      assertThat(reply.status()).as(request + " is not in the document").isGreaterThan(399);
      fits("/components/responses/Problem/content/application~1problem+json/schema", reply);
      assertThat(media).isEqualTo("application/problem+json");
    } else if (said.has("content")) {
      assertThat(said.path("content").has(media)).as(request + " answers " + media).isTrue();
      if (media.equals("application/json")) {
        fits(said.path("content").path(media).path("schema"), reply);
      }
    }
  }

  private void fits(String pointer, Reply reply) {
    fits(document.at(pointer), reply);
  }

  private void fits(JsonNode schema, Reply reply) {
    assertThat(
            schemas
                .computeIfAbsent(schema.toString(), s -> compiled(schema))
                .validate(reply.json()))
        .as(reply.json().toString())
        .isEmpty();
  }

  private JsonSchema compiled(JsonNode schema) {
    ObjectNode whole = local(schema);
    whole.set("$defs", local(document.at("/components/schemas")));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
  }

  // A schema alone has its definitions where JSON Schema looks for them.
  private static ObjectNode local(JsonNode schema) {
    return (ObjectNode) Json.stored(schema.toString().replace("#/components/schemas/", "#/$defs/"));
  }

  private JsonNode operation(HttpRequest request) {
    String path = request.uri().getPath();
    List<String> fitting = new ArrayList<>();
    document
        .path("paths")
        .fieldNames()
        .forEachRemaining(
            template -> {
              if (path.matches(template.replaceAll("\\{[a-zA-Z]+}", "[^/]+"))) {
                fitting.add(template);
              }
            });
    return fitting.stream()
        .min(Comparator.comparing(template -> template.indexOf('{') < 0 ? 0 : 1))
        .map(t -> document.path("paths").path(t).path(request.method().toLowerCase(Locale.ROOT)))
        .orElse(document.path("none"));
  }
}
