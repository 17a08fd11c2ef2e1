package fovea.api.research;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.api.http.Cursor;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Json;
import fovea.api.http.Operation;
import fovea.api.identity.Access;
import fovea.contract.cohort.Laterality;
import fovea.contract.cohort.Sex;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Page;
import fovea.registry.PageRequest;
import fovea.registry.TrainingData.Example;
import fovea.registry.TrainingData.Filter;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What networks learn from, in pages and as one stream. */
public final class TrainingDataRoutes {
  private static final int MOST = 1_000;
  private static final Field<Optional<Integer>> GRADE =
      Fields.integer("drGrade", 0, 4).meaning("Grade of diabetic retinopathy").optional();
  private static final Field<Optional<String>> CAMERA = Fields.text("camera", 100).optional();
  private static final Field<Optional<Laterality>> LATERALITY = EyeRoutes.LATERALITY.optional();
  private static final Field<Optional<Sex>> SEX = PatientRoutes.A_SEX.optional();
  private static final Field<Optional<String>> CONSENT =
      Fields.oneOf("consent", List.of("given", "unrecorded"))
          .meaning("To training; who withdrew it is never among them")
          .optional();
  private static final Field<Integer> LIMIT = Cursor.limit(100, MOST);

  public static final Operation LIST =
      Operation.of("List accepted photographs with what is known of their eyes, the oldest first")
          .asks(
              GRADE,
              CAMERA,
              LATERALITY,
              SEX,
              Ages.FROM,
              Ages.TO,
              CONSENT,
              Cursor.FROM,
              Cursor.UNTIL,
              LIMIT,
              Cursor.AFTER)
          .answers(200, ExampleList.class);
  public static final Operation EXPORT =
      Operation.of("Stream the same as lines of JSON, to the end")
          .asks(
              GRADE,
              CAMERA,
              LATERALITY,
              SEX,
              Ages.FROM,
              Ages.TO,
              CONSENT,
              Cursor.FROM,
              Cursor.UNTIL,
              Cursor.AFTER)
          .answers(200, "application/x-ndjson", Example.class);

  private final ApiRegistry registry;

  public TrainingDataRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void list(Context context) {
    Given query = LIST.query(context);
    Page<Example> page = page(Access.actor(context), filter(query), Cursor.request(query, LIMIT));
    context.json(new ExampleList(page.items(), Cursor.next(page)));
  }

  // Page by page: neither memory nor a connection is held for a caller who reads slowly.
  public void export(Context context) {
    Given query = EXPORT.query(context);
    Actor actor = Access.actor(context);
    Filter filter = filter(query);
    Page<Example> page = page(actor, filter, new PageRequest(MOST, query.value(Cursor.AFTER)));
    context.contentType("application/x-ndjson");
    try (OutputStream out = context.outputStream()) {
      write(out, page);
      while (page.next().isPresent()) {
        page = page(actor, filter, new PageRequest(MOST, page.next()));
        write(out, page);
      }
    } catch (IOException gone) {
      throw new UncheckedIOException("the caller hung up", gone);
    }
  }

  private Page<Example> page(Actor actor, Filter filter, PageRequest request) {
    return registry.inOrganization(actor, stores -> stores.trainingData().page(filter, request));
  }

  private static void write(OutputStream out, Page<Example> page) throws IOException {
    for (Example example : page.items()) {
      out.write((Json.text(example) + "\n").getBytes(UTF_8));
    }
    out.flush();
  }

  private static Filter filter(Given query) {
    return new Filter(
        query.value(GRADE),
        query.value(CAMERA),
        query.value(LATERALITY),
        query.value(SEX),
        query.value(Ages.FROM),
        query.value(Ages.TO),
        query.value(CONSENT),
        Cursor.period(query));
  }

  private record ExampleList(List<Example> records, @Nullable String next) {}
}
