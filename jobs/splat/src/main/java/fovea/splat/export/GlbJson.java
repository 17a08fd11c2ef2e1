package fovea.splat.export;

import fovea.splat.model.Splats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The JSON chunk of a GLB: one primitive of points, an accessor and a view for each attribute. */
final class GlbJson {
  private static final int ARRAY_BUFFER = 34962;

  private GlbJson() {}

  /** Padded with blanks to a multiple of four bytes; ASCII only. */
  static String of(Splats splats, List<GlbAttribute> attributes, long binary) {
    List<String> views = new ArrayList<>();
    List<String> accessors = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long at = 0;
    for (GlbAttribute attribute : attributes) {
      long bytes = attribute.bytesEach() * (long) splats.count();
      views.add(
          String.format(
              Locale.ROOT,
              "{\"buffer\":0,\"byteOffset\":%d,\"byteLength\":%d,\"target\":%d}",
              at,
              bytes,
              ARRAY_BUFFER));
      accessors.add(accessor(attribute, names.size(), splats));
      names.add("\"" + attribute.name() + "\":" + names.size());
      at += bytes;
    }
    String json =
        String.format(
            Locale.ROOT,
            """
            {"asset":{"version":"2.0","generator":"Fovea"},\
            "extensionsUsed":["KHR_gaussian_splatting"],\
            "scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],\
            "meshes":[{"primitives":[{"mode":0,"attributes":{%s},\
            "extensions":{"KHR_gaussian_splatting":{"kernel":"ellipse",\
            "colorSpace":"srgb_rec709_display","projection":"perspective",\
            "sortingMethod":"cameraDistance"}}}]}],\
            "buffers":[{"byteLength":%d}],"bufferViews":[%s],"accessors":[%s]}\
            """,
            join(names),
            binary,
            join(views),
            join(accessors));
    return json + " ".repeat((4 - json.length() % 4) % 4);
  }

  private static String accessor(GlbAttribute attribute, int index, Splats splats) {
    String more = attribute.componentType() == GlbAttribute.BYTE ? ",\"normalized\":true" : "";
    if (attribute.name().equals("POSITION")) {
      more += bounds(splats);
    }
    return String.format(
        Locale.ROOT,
        "{\"bufferView\":%d,\"componentType\":%d,\"count\":%d,\"type\":\"%s\"%s}",
        index,
        attribute.componentType(),
        splats.count(),
        attribute.type(),
        more);
  }

  private static String bounds(Splats splats) {
    float[] least = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
    float[] most = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
    ByteBuffer row = ByteBuffer.allocate(3 * Float.BYTES);
    for (int i = 0; i < splats.count(); i++) {
      GlbAttribute.position(splats, i, row.clear());
      for (int k = 0; k < 3; k++) {
        least[k] = Math.min(least[k], row.getFloat(Float.BYTES * k));
        most[k] = Math.max(most[k], row.getFloat(Float.BYTES * k));
      }
    }
    return ",\"min\":" + Arrays.toString(least) + ",\"max\":" + Arrays.toString(most);
  }

  private static String join(List<String> parts) {
    return String.join(",", parts);
  }
}
