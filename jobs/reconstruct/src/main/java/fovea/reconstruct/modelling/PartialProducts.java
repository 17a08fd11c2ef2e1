package fovea.reconstruct.modelling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.scene.PointCloud;
import fovea.scene.TransformsWriter;
import fovea.scene.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What there is before training and stays where training fails: {@code cameras.json} (as {@code
 * transforms.json}, OpenGL's axes, camera to world) and {@code points.ply}. Reconstruct reads both
 * back.
 */
final class PartialProducts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PartialProducts() {}

  static void write(List<View> views, PointCloud points, Path out) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set("frames", TransformsWriter.frames(views));
    ReportFiles.write(out.resolve("cameras.json"), JSON.writeValueAsString(root) + "\n");
    ReportFiles.write(out.resolve("points.ply"), ply(points));
  }

  private static String ply(PointCloud points) {
    StringBuilder text = new StringBuilder("ply\nformat ascii 1.0\nelement vertex ");
    text.append(points.size()).append("\nproperty float x\nproperty float y\nproperty float z\n");
    text.append("property uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n");
    for (int i = 0; i < points.size(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %s %s %d %d %d\n",
              points.positions()[3 * i],
              points.positions()[3 * i + 1],
              points.positions()[3 * i + 2],
              points.colours()[3 * i] & 0xff,
              points.colours()[3 * i + 1] & 0xff,
              points.colours()[3 * i + 2] & 0xff));
    }
    return text.toString();
  }
}
