package fovea.api.openapi;

import static fovea.contract.html.Html.escaped;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.api.http.Codes;
import fovea.contract.hash.Sha256;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;

/** The document as a page for people: no script, nothing from elsewhere. */
final class DocsPage {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
      summary{cursor:pointer;padding:.3rem 0}
      code,pre{font:14px/1.4 ui-monospace,monospace}
      pre{background:#f4f4f4;padding:.6rem;overflow:auto}
      b{display:inline-block;min-width:4rem;text-transform:uppercase}
      details details{margin-left:1rem}
      table{border-collapse:collapse}td,th{text-align:left;padding:.2rem .8rem .2rem 0}
      """;

  private DocsPage() {}

  /** What a browser may do with the page: show it in this style. */
  static String policy() {
    MessageDigest digest = Sha256.digest();
    String hash = Base64.getEncoder().encodeToString(digest.digest(STYLE.getBytes(UTF_8)));
    return "default-src 'none'; style-src 'sha256-"
        + hash
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  static String of(JsonNode document) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>Fovea's API</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Fovea's API</h1><p>")
        .append(text(document.at("/info/description")))
        .append(". As <a href=\"/v1/openapi.json\">OpenAPI 3.1</a>.</p>");
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        operation(html, operation.getKey(), path.getKey(), operation.getValue());
      }
    }
    problems(html);
    html.append("<h2>What is answered</h2>");
    for (Map.Entry<String, JsonNode> schema : document.at("/components/schemas").properties()) {
      html.append("<h3 id=\"").append(escaped(schema.getKey())).append("\">");
      html.append(escaped(schema.getKey())).append("</h3>");
      json(html, schema.getValue());
    }
    return html.append("</body></html>").toString();
  }

  private static void problems(StringBuilder html) {
    html.append("<h2>What can be wrong</h2><p>A problem's code does not change; its detail says")
        .append(" what is wrong and what to do.</p><table>");
    Codes.all()
        .forEach(
            (code, status) ->
                html.append("<tr id=\"")
                    .append(escaped(code))
                    .append("\"><td><code>")
                    .append(escaped(code))
                    .append("</code></td><td>")
                    .append(status)
                    .append("</td></tr>"));
    html.append("</table>");
  }

  private static void operation(StringBuilder html, String method, String path, JsonNode said) {
    html.append("<details id=\"")
        .append(text(said.path("operationId")))
        .append("\"><summary><b>")
        .append(escaped(method))
        .append("</b> <code>")
        .append(escaped(path))
        .append("</code> ")
        .append(text(said.path("summary")))
        .append("</summary><p>")
        .append(text(said.path("description")))
        .append("</p>");
    parameters(html, said.path("parameters"));
    JsonNode body = said.path("requestBody").path("content").path("application/json");
    if (!body.isMissingNode()) {
      html.append("<p>Body</p>");
      json(html, body.path("schema"));
    }
    html.append("<p>Answers</p>");
    json(html, said.path("responses"));
    html.append("</details>");
  }

  private static void parameters(StringBuilder html, JsonNode parameters) {
    html.append("<table>");
    for (JsonNode parameter : parameters) {
      html.append("<tr><td><code>")
          .append(text(parameter.path("name")))
          .append("</code></td><td>")
          .append(text(parameter.path("in")))
          .append("</td><td><code>")
          .append(escaped(parameter.path("schema").toString()))
          .append("</code></td></tr>");
    }
    html.append("</table>");
  }

  private static void json(StringBuilder html, JsonNode node) {
    html.append("<pre>").append(escaped(node.toPrettyString())).append("</pre>");
  }

  private static String text(JsonNode node) {
    return escaped(node.asText());
  }
}
