package fovea.api.http;

import fovea.contract.errors.CallerMistake;
import io.javalin.http.Context;
import java.util.UUID;

/** What routes read from a request beside its body. */
public final class Requests {
  private Requests() {}

  /** An id in the path; what is no id does not exist. */
  public static UUID id(Context context, String name, String what) {
    try {
      return UUID.fromString(context.pathParam(name));
    } catch (IllegalArgumentException notAnId) {
      throw unknown(what);
    }
  }

  public static CallerMistake unknown(String what) {
    return new CallerMistake(
        "not-found", "there is no such " + what, "Check the id; it must be of your organisation");
  }

  public static CallerMistake badParameter(String name, String why, String remedy) {
    return new CallerMistake("bad-parameter", "the parameter " + name + " " + why, remedy);
  }

  /** The path in one line, for logs. */
  public static String path(Context context) {
    return context.path().replaceAll("[^\\x21-\\x7e]", "?");
  }
}
