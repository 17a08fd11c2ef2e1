package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.api.Client.Reply;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentIT {
  private final Client nobody = TestPlatform.shared().admin.with(null);
  private final JsonNode document = nobody.get("/v1/openapi.json").json();

  @Test
  void the_document_keeps_the_rules_of_openapi() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult parsed =
        new OpenAPIV3Parser().readContents(document.toString(), null, options);
    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getPaths()).hasSize(document.path("paths").size());
    SwaggerParseResult broken =
        new OpenAPIV3Parser()
            .readContents(document.toString().replace("\"in\":\"query\"", "\"in\":\"air\""));
    assertThat(broken.getMessages()).isNotEmpty();
  }

  @Test
  void what_is_documented_is_served() {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String method : path.getValue().propertyStream().map(Map.Entry::getKey).toList()) {
        String id = "00000000-0000-0000-0000-000000000001";
        Reply reply =
            nobody.send(
                method.toUpperCase(Locale.ROOT), path.getKey().replaceAll("\\{.*?}", id), "");
        assertThat(reply.text("code"))
            .as(method + " " + path.getKey())
            .isNotIn("no-such-route", "no-such-method");
      }
    }
  }

  @Test
  void what_is_read_is_documented() {
    JsonNode body =
        document.at(
            "/paths/~1v1~1patients/post/requestBody/content/application~1json/schema/properties");
    assertThat(body.at("/age").toString())
        .isEqualTo(
            "{\"type\":[\"integer\",\"null\"],\"minimum\":0,\"maximum\":150,"
                + "\"description\":\"Whole years\"}");
    Reply refused = TestPlatform.shared().admin.post("/v1/patients", "{'agee': 1}");
    assertThat(refused.text("error"))
        .contains(String.join(", ", body.propertyStream().map(Map.Entry::getKey).toList()));
  }

  @Test
  void the_page_runs_nothing_and_fetches_nothing() {
    Reply page = nobody.get("/v1/docs");
    assertThat(page.header("content-security-policy")).startsWith("default-src 'none'");
    assertThat(page.text("raw"))
        .contains("/v1/patients/{id}", "id=\"not-found\"", "id=\"bad-field\"")
        .doesNotContain("<script", "src=", "href=\"http", "@import", "url(");
  }
}
