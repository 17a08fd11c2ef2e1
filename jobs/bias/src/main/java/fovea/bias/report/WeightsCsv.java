package fovea.bias.report;

import fovea.bias.mitigate.Reweighing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Weights for training as a table: {@code attribute,group,label,weight}, UTF-8. */
public final class WeightsCsv {
  private WeightsCsv() {}

  /** The bytes of {@code weights.csv}; one line a group and label of every attribute. */
  public static byte[] of(List<Reweighing> weights) {
    StringBuilder csv = new StringBuilder("attribute,group,label,weight\n");
    for (Reweighing each : weights) {
      for (Reweighing.Cell cell : each.cells()) {
        csv.append(quoted(each.attribute()))
            .append(',')
            .append(quoted(cell.group()))
            .append(',')
            .append(cell.label())
            .append(',')
            .append(cell.weight())
            .append('\n');
      }
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
