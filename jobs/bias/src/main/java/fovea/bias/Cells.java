package fovea.bias;

import fovea.bias.inference.Scheme;
import fovea.bias.metrics.GroupCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.api.java.UDF5;
import org.jspecify.annotations.Nullable;

/** A row's group and outcome as one number: attribute, group, label, prediction, score. */
final class Cells implements UDF5<String, String, Integer, Integer, @Nullable Double, Integer> {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, ArrayList<String>> groups = new LinkedHashMap<>();
  private final Scheme scheme;

  Cells(Map<String, Map<String, GroupCounts>> counts, Scheme scheme) {
    counts.forEach((attribute, names) -> groups.put(attribute, new ArrayList<>(names.keySet())));
    this.scheme = scheme;
  }

  List<String> attributes() {
    return List.copyOf(groups.keySet());
  }

  @Override
  public Integer call(
      String attribute, String group, Integer label, Integer prediction, @Nullable Double score) {
    List<String> names = groups.getOrDefault(attribute, new ArrayList<>());
    return names.indexOf(group) * scheme.outcomes() + scheme.outcome(label, prediction, score);
  }
}
