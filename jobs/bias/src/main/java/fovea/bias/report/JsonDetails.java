package fovea.bias.report;

import fovea.bias.calibration.Bin;
import fovea.bias.calibration.Calibration;
import fovea.bias.calibration.Curve;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report's details as JSON. */
final class JsonDetails {
  private JsonDetails() {}

  static Map<String, Object> calibration(List<Calibration> calibrations) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Calibration calibration : calibrations) {
      Map<String, Object> byGroup = new LinkedHashMap<>();
      calibration.byGroup().forEach((group, curve) -> byGroup.put(group, curve(curve)));
      json.put(
          calibration.attribute(),
          ordered("overall", curve(calibration.overall()), "by_group", byGroup));
    }
    return json;
  }

  private static Map<String, Object> ordered(String a, Object first, String b, Object second) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(a, first);
    json.put(b, second);
    return json;
  }

  private static List<Map<String, @Nullable Object>> curve(Curve curve) {
    return curve.bins().stream().map(JsonDetails::bin).toList();
  }

  private static Map<String, @Nullable Object> bin(Bin bin) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("from", bin.from());
    json.put("to", bin.to());
    json.put("mean_score", bin.score());
    json.put("share", JsonReport.figure(bin.share(), "", 0));
    json.put("interval", JsonReport.interval(bin.share()));
    json.put("rows", bin.share().count());
    return json;
  }
}
