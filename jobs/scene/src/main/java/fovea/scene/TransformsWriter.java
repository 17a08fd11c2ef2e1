package fovea.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes nerfstudio's transforms.json: camera to world with OpenGL's axes, intrinsics with each
 * frame, photographs by name.
 */
public final class TransformsWriter {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private TransformsWriter() {}

  /**
   * Writes the views; points are another file's matter.
   *
   * @throws IOException where it cannot be written
   */
  public static void write(SparseScene scene, Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("camera_model", "OPENCV");
    root.set("frames", frames(scene.views()));
    JSON.writeValue(file.toFile(), root);
  }

  /** The format's frames alone: a view each, with its intrinsics. */
  public static ArrayNode frames(List<View> views) {
    ArrayNode frames = JSON.createArrayNode();
    for (View view : views) {
      ObjectNode frame = frames.addObject().put("file_path", view.name());
      Intrinsics c = view.intrinsics();
      frame.put("w", c.width()).put("h", c.height());
      frame.put("fl_x", c.fx()).put("fl_y", c.fy()).put("cx", c.cx()).put("cy", c.cy());
      frame.put("k1", c.k1()).put("k2", c.k2()).put("p1", c.p1()).put("p2", c.p2());
      matrix(view.pose(), frame.putArray("transform_matrix"));
    }
    return frames;
  }

  // World to camera, OpenCV -> camera to world, OpenGL: transposed, with y and z turned round.
  private static void matrix(Pose pose, ArrayNode matrix) {
    double[] r = pose.rotation();
    double[] centre = pose.centre();
    for (int i = 0; i < 3; i++) {
      matrix.addArray().add(r[i]).add(-r[3 + i]).add(-r[6 + i]).add(centre[i]);
    }
    matrix.addArray().add(0).add(0).add(0).add(1);
  }
}
