package fovea.synthetic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes cameras and points. */
final class SceneFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SceneFiles() {}

  /** Nerfstudio's transforms.json; the frames' {@code file_path} are the photographs' names. */
  static void transforms(List<SceneCamera> cameras, Path file) throws IOException {
    SceneCamera any = cameras.get(0);
    ObjectNode root = JSON.createObjectNode();
    root.put("camera_model", "PINHOLE");
    root.put("w", any.width()).put("h", any.height());
    root.put("fl_x", any.focal()).put("fl_y", any.focal());
    root.put("cx", any.width() / 2.0).put("cy", any.height() / 2.0);
    root.put("ply_file_path", "points.ply");
    ArrayNode frames = root.putArray("frames");
    for (SceneCamera camera : cameras) {
      ObjectNode frame = frames.addObject().put("file_path", camera.name());
      ArrayNode matrix = frame.putArray("transform_matrix");
      for (double[] row : camera.cameraToWorld()) {
        ArrayNode line = matrix.addArray();
        for (double value : row) {
          line.add(value);
        }
      }
    }
    JSON.writeValue(file.toFile(), root);
  }

  /** ASCII PLY: x y z red green blue. */
  static void points(List<ScenePoint> points, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("ply\nformat ascii 1.0\nelement vertex " + points.size() + "\n");
      out.write("property float x\nproperty float y\nproperty float z\n");
      out.write("property uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n");
      for (ScenePoint point : points) {
        double[] p = point.position();
        out.write(
            String.format(
                Locale.ROOT,
                "%.6f %.6f %.6f %d %d %d\n",
                p[0],
                p[1],
                p[2],
                point.rgb() >> 16 & 255,
                point.rgb() >> 8 & 255,
                point.rgb() & 255));
      }
    }
  }
}
