package fovea.api.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.api.http.Operation;
import fovea.api.http.Route;
import io.javalin.http.Context;
import java.util.List;

/** What the API can do, for programs and for people. */
public final class DocumentRoutes {
  public static final Operation DOCUMENT =
      Operation.of("Show this document")
          .answers(200, com.fasterxml.jackson.databind.JsonNode.class);
  public static final Operation PAGE =
      Operation.of("Show this document as a page").answers(200, "text/html", String.class);

  private String json = "";
  private String page = "";

  /** Says what there is. */
  public void describe(List<Route> routes) {
    ObjectNode document = OpenApi.of(routes);
    json = document.toString();
    page = DocsPage.of(document);
  }

  public void document(Context context) {
    context.contentType("application/json").result(json);
  }

  public void page(Context context) {
    context.header("Content-Security-Policy", DocsPage.policy()).html(page);
  }
}
