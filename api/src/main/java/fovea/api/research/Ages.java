package fovea.api.research;

import fovea.api.http.Field;
import fovea.api.http.Fields;
import java.util.Optional;

/** Which ages are asked for, in whole years. */
final class Ages {
  static final Field<Optional<Integer>> FROM =
      Fields.integer("ageFrom", 0, 150).meaning("The least age in years").optional();
  static final Field<Optional<Integer>> TO =
      Fields.integer("ageTo", 0, 150).meaning("The greatest age in years").optional();

  private Ages() {}
}
