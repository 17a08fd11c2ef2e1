package fovea.scene;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Nerfstudio's and instant-ngp's transforms.json: camera to world with OpenGL's axes (x right, y
 * up, z backward), intrinsics of the file or of each frame.
 */
final class TransformsJson {
  private static final long MOST_BYTES = 64L << 20;

  private TransformsJson() {}

  static SparseScene read(Path file, PhotoSet photos) throws IOException {
    String source = String.valueOf(file.getFileName());
    JsonNode root = parsed(file, source);
    JsonNode frames = root.path("frames");
    if (!frames.isArray() || frames.isEmpty()) {
      throw Posing.damaged(source, "it has no frames");
    }
    Posing posing = new Posing(source, photos);
    for (JsonNode frame : frames) {
      String reference = frame.path("file_path").asText("");
      Optional<Photo> photo = posing.photo(reference);
      if (photo.isPresent()) {
        add(posing, root, frame, photo.get());
      }
    }
    return posing.scene(points(file, root, posing), OptionalDouble.empty());
  }

  private static JsonNode parsed(Path file, String source) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw Posing.damaged(source, "it is larger than 64 MiB");
    }
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (JsonProcessingException notJson) {
      throw Posing.damaged(source, "it is no JSON");
    }
  }

  private static void add(Posing posing, JsonNode root, JsonNode frame, Photo photo) {
    try {
      posing.add(photo, intrinsics(root, frame, photo), pose(frame.path("transform_matrix")));
    } catch (IllegalArgumentException impossible) {
      throw Posing.damaged(photo.name(), String.valueOf(impossible.getMessage()));
    }
  }

  private static Intrinsics intrinsics(JsonNode root, JsonNode frame, Photo photo) {
    String model = text(root, frame, "camera_model");
    if (model.contains("FISHEYE") || model.equals("EQUIRECTANGULAR")) {
      throw new IllegalArgumentException("camera model " + model + " is not supported");
    }
    int width = (int) number(root, frame, "w", photo.width());
    int height = (int) number(root, frame, "h", photo.height());
    double fx = number(root, frame, "fl_x", focal(root, frame, "camera_angle_x", width));
    double fy = number(root, frame, "fl_y", focal(root, frame, "camera_angle_y", height));
    double either = Double.isNaN(fx) ? fy : fx;
    return new Intrinsics(
        width,
        height,
        either,
        Double.isNaN(fy) ? either : fy,
        number(root, frame, "cx", width / 2.0),
        number(root, frame, "cy", height / 2.0),
        number(root, frame, "k1", 0),
        number(root, frame, "k2", 0),
        number(root, frame, "p1", 0),
        number(root, frame, "p2", 0));
  }

  private static double focal(JsonNode root, JsonNode frame, String angle, int size) {
    return size / 2.0 / Math.tan(number(root, frame, angle, Double.NaN) / 2);
  }

  private static double number(JsonNode root, JsonNode frame, String name, double otherwise) {
    return frame.path(name).asDouble(root.path(name).asDouble(otherwise));
  }

  private static String text(JsonNode root, JsonNode frame, String name) {
    return frame.path(name).asText(root.path(name).asText(""));
  }

  private static Pose pose(JsonNode matrix) {
    double[][] m = new double[3][4];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        m[i][j] = matrix.path(i).path(j).asDouble(Double.NaN);
      }
    }
    // Camera to world, OpenGL -> world to camera, OpenCV: transpose, with y and z turned round.
    double[] rotation = new double[9];
    double[] translation = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      double sign = axis == 0 ? 1 : -1;
      double length =
          Math.sqrt(m[0][axis] * m[0][axis] + m[1][axis] * m[1][axis] + m[2][axis] * m[2][axis]);
      for (int j = 0; j < 3; j++) {
        rotation[3 * axis + j] = sign * m[j][axis] / length;
        translation[axis] -= rotation[3 * axis + j] * m[j][3];
      }
    }
    return Pose.of(rotation, translation);
  }

  private static PointCloud points(Path file, JsonNode root, Posing posing) throws IOException {
    Path beside = file.resolveSibling(root.path("ply_file_path").asText("points.ply"));
    Path inside = file.toAbsolutePath().normalize().getParent();
    boolean ours = inside != null && beside.toAbsolutePath().normalize().startsWith(inside);
    if (ours && Files.isRegularFile(beside)) {
      return PlyPoints.read(beside);
    }
    if (root.has("ply_file_path")) {
      posing.warn("its points " + root.path("ply_file_path").asText() + " are missing");
    }
    return PointCloud.empty();
  }
}
