package fovea.bias.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One subject of a report.
 *
 * @param subject {@code data} or {@code model}
 * @param overall figures over all rows, by metric
 * @param attributes in the order asked for
 */
public record Section(
    String subject, Map<String, Estimate> overall, List<AttributeFrames> attributes) {
  /** What the data is like, without a model. */
  public static final String DATA = "data";

  /** What a model makes of it. */
  public static final String MODEL = "model";

  /** Copies. */
  public Section {
    overall = new LinkedHashMap<>(overall);
    attributes = List.copyOf(attributes);
  }
}
