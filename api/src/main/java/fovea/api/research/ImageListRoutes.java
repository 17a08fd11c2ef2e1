package fovea.api.research;

import fovea.api.http.Cursor;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.registry.ApiRegistry;
import fovea.registry.ImageLists.Filter;
import fovea.registry.ImageLists.Image;
import fovea.registry.Page;
import fovea.registry.PageRequest;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists of retinal photographs. */
public final class ImageListRoutes {
  private static final Field<Optional<UUID>> EYE = Fields.id("eye").optional();
  private static final Field<Optional<String>> STATUS =
      Fields.oneOf(
              "status",
              List.of("requested", "uploaded", "accepted", "quarantined", "duplicate", "expanded"))
          .optional();
  private static final Field<Integer> LIMIT = Cursor.limit(50, 200);

  public static final Operation LIST =
      Operation.of("List photographs, the newest first")
          .asks(EYE, STATUS, Cursor.FROM, Cursor.UNTIL, LIMIT, Cursor.AFTER)
          .answers(200, ImageList.class);
  public static final Operation OF_EYE =
      Operation.of("List an eye's photographs, the newest first")
          .asks(STATUS, Cursor.FROM, Cursor.UNTIL, LIMIT, Cursor.AFTER)
          .answers(200, ImageList.class);

  private final ApiRegistry registry;

  public ImageListRoutes(ApiRegistry registry) {
    this.registry = registry;
  }

  public void list(Context context) {
    Given query = LIST.query(context);
    answer(context, query, query.value(EYE));
  }

  public void ofEye(Context context) {
    UUID eye = Requests.id(context, "id", "eye");
    answer(context, OF_EYE.query(context), Optional.of(eye));
  }

  private void answer(Context context, Given query, Optional<UUID> eye) {
    Filter filter = new Filter(eye, query.value(STATUS), Cursor.period(query));
    PageRequest request = Cursor.request(query, LIMIT);
    Page<Image> page =
        registry.inOrganization(
            Access.actor(context),
            stores -> {
              eye.ifPresent(stores.eyes()::require);
              return stores.imageLists().page(filter, request);
            });
    context.json(new ImageList(page.items(), Cursor.next(page)));
  }

  private record ImageList(List<Image> images, @Nullable String next) {}
}
