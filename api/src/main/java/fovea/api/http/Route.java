package fovea.api.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/** One line of the table of routes: what is served, and who may ask. */
public record Route(HandlerType method, String path, Handler handler, Rule rule) {

  /** Reads. */
  public static Route get(String path, Handler handler, Rule rule) {
    return new Route(HandlerType.GET, path, handler, rule);
  }

  /** Makes something, or sets something going. */
  public static Route post(String path, Handler handler, Rule rule) {
    return new Route(HandlerType.POST, path, handler, rule);
  }
}
