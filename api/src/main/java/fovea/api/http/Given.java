package fovea.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.errors.CallerMistake;
import java.util.Map;
import java.util.function.BiFunction;

/** What a caller gave, read by field; what does not fit is the caller's mistake. */
public final class Given {
  private final Map<String, JsonNode> values;
  private final BiFunction<String, String, CallerMistake> unfit;

  Given(Map<String, JsonNode> values, BiFunction<String, String, CallerMistake> unfit) {
    this.values = values;
    this.unfit = unfit;
  }

  /** The value of a field. */
  public <T> T value(Field<T> field) {
    JsonNode node = values.get(field.name());
    return node == null || node.isNull()
        ? field.absent().orElseThrow(() -> missing(field.name()))
        : field.read(node, rule -> unfit.apply(field.name(), rule));
  }

  /**
   * The value of a field, or {@code now} where the caller says nothing of it; null takes it away.
   */
  public <T> T value(Field<T> field, T now) {
    return values.containsKey(field.name()) ? value(field) : now;
  }

  private static CallerMistake missing(String field) {
    return new CallerMistake("missing-field", field + " is missing", "Give it in the JSON body");
  }
}
