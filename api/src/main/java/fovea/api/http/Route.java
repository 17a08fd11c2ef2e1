package fovea.api.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One line of the table of routes: what is served, and who may ask.
 *
 * @param operation what it is for
 */
public record Route(
    HandlerType method, String path, Handler handler, Rule rule, Operation operation) {

  /** Reads. */
  public static Route get(String path, Handler handler, Rule rule) {
    return of(HandlerType.GET, path, handler, rule);
  }

  /** Makes something, or sets something going. */
  public static Route post(String path, Handler handler, Rule rule) {
    return of(HandlerType.POST, path, handler, rule);
  }

  /** Changes what the body names, and leaves the rest. */
  public static Route patch(String path, Handler handler, Rule rule) {
    return of(HandlerType.PATCH, path, handler, rule);
  }

  /** Takes away. */
  public static Route delete(String path, Handler handler, Rule rule) {
    return of(HandlerType.DELETE, path, handler, rule);
  }

  /** The same with what it is for. */
  public Route as(Operation said) {
    return new Route(method, path, handler, rule, said);
  }

  private static Route of(HandlerType method, String path, Handler handler, Rule rule) {
    return new Route(method, path, handler, rule, Operation.UNSAID);
  }
}
