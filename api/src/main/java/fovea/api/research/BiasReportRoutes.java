package fovea.api.research;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.api.http.Cursor;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.http.Tags;
import fovea.api.identity.Access;
import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.registry.ApiRegistry;
import fovea.registry.BiasReports.BiasReport;
import fovea.registry.Page;
import fovea.registry.PageRequest;
import fovea.registry.Period;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Comparisons of groups of patients. */
public final class BiasReportRoutes {
  private static final int MOST_BYTES = 16 << 20;
  private static final Field<Optional<String>> TRAINING_RUN =
      Fields.text("trainingRun", 100).meaning("Whose predictions were compared").optional();
  private static final Field<Integer> LIMIT = Cursor.limit(50, 200);

  public static final Operation LIST =
      Operation.of("List bias reports, the newest first")
          .asks(TRAINING_RUN, Cursor.FROM, Cursor.UNTIL, LIMIT, Cursor.AFTER)
          .answers(200, BiasReportList.class);
  public static final Operation SHOW =
      Operation.of("Show of what a bias report is").answers(200, BiasReport.class);
  public static final Operation CONTENT =
      Operation.of("Show a bias report; groups that are too small are withheld")
          .answers(200, JsonNode.class);

  private final ApiRegistry registry;
  private final ObjectStore objects;

  public BiasReportRoutes(ApiRegistry registry, ObjectStore objects) {
    this.registry = registry;
    this.objects = objects;
  }

  public void list(Context context) {
    Given query = LIST.query(context);
    Optional<String> run = query.value(TRAINING_RUN);
    Period made = Cursor.period(query);
    PageRequest request = Cursor.request(query, LIMIT);
    Page<BiasReport> page =
        registry.inOrganization(
            Access.actor(context), stores -> stores.biasReports().page(run, made, request));
    context.json(new BiasReportList(page.items(), Cursor.next(page)));
  }

  public void show(Context context) {
    Tags.answer(context, find(context));
  }

  public void content(Context context) {
    ObjectKey key = ObjectKey.report("bias", find(context).id(), "report.json");
    byte[] report =
        objects.read(key, MOST_BYTES).orElseThrow(() -> Requests.unknown("bias report"));
    context.contentType("application/json").result(report);
  }

  private BiasReport find(Context context) {
    UUID id = Requests.id(context, "id", "bias report");
    return registry
        .inOrganization(Access.actor(context), stores -> stores.biasReports().find(id))
        .orElseThrow(() -> Requests.unknown("bias report"));
  }

  private record BiasReportList(List<BiasReport> reports, @Nullable String next) {}
}
