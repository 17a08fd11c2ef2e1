package fovea.sfm;

import fovea.contract.errors.CallerMistake;
import fovea.scene.Intrinsics;
import fovea.scene.Photo;
import fovea.scene.PhotoSet;
import fovea.scene.PointCloud;
import fovea.scene.PointTracks;
import fovea.scene.Pose;
import fovea.scene.SparseScene;
import fovea.scene.View;
import fovea.sfm.mapping.Mapping;
import fovea.sfm.mapping.Sparse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A model in reduced pixels to a scene at the size of the photographs, with its report. */
final class Finishing {
  /** Fewer poses make no model of anything. */
  static final int LEAST_POSES = 3;

  private final PhotoSet photos;
  private final Map<String, String> unreadable;

  Finishing(PhotoSet photos, Map<String, String> unreadable) {
    this.photos = photos;
    this.unreadable = unreadable;
  }

  Solution solution(Mapping.Found found, Mapping mapping, double seconds) {
    Sparse sparse = found.model().orElseThrow(() -> tooFew(0, photos.photos().size()));
    int count = photos.photos().size();
    int[] viewOf = new int[count];
    double[] scales = new double[count];
    List<View> views = new ArrayList<>();
    Map<String, String> failed = new LinkedHashMap<>();
    photos.skipped().forEach(s -> failed.put(s.name(), s.reason()));
    for (int i = 0; i < count; i++) {
      Photo photo = photos.photos().get(i);
      Intrinsics camera = sparse.cameras()[i].resized(photo.width(), photo.height());
      scales[i] = (double) photo.width() / sparse.cameras()[i].width();
      viewOf[i] = views.size();
      if (sparse.registered()[i]) {
        views.add(
            new View(photo, camera, Pose.of(sparse.rotations()[i], sparse.translations()[i])));
      } else {
        failed.put(photo.name(), reason(photo, i, sparse, mapping));
      }
    }
    if (views.size() < LEAST_POSES) {
      throw tooFew(views.size(), count);
    }
    float[] positions = new float[sparse.points().length];
    for (int k = 0; k < positions.length; k++) {
      positions[k] = (float) sparse.points()[k];
    }
    PointTracks tracks = tracks(sparse, mapping, viewOf, scales);
    double error = error(sparse, scales);
    PoseReport report =
        new PoseReport(
            "fovea",
            count + photos.skipped().size(),
            views.stream().map(View::name).toList(),
            failed,
            error,
            tracks.meanLength(),
            positions.length / 3,
            found.focal(),
            views.stream().mapToDouble(v -> v.intrinsics().fx()).average().orElseThrow(),
            seconds);
    List<String> warnings = new ArrayList<>();
    failed.forEach((name, why) -> warnings.add(name + " has no pose: " + why));
    return new Solution(
        new SparseScene(
            views, new PointCloud(positions, sparse.colours()), OptionalDouble.of(error), warnings),
        tracks,
        report);
  }

  private String reason(Photo photo, int i, Sparse sparse, Mapping mapping) {
    String cannot = unreadable.get(photo.name());
    if (cannot != null) {
      return cannot;
    }
    int matches = mapping.matchesOf(i);
    if (matches == 0) {
      return "it shares no points with any other photograph";
    }
    int visible = sparse.visible()[i];
    return visible < 15
        ? "it shows " + visible + " points of the model and needs 15"
        : "the " + visible + " points it should show do not fit any one place to stand";
  }

  static CallerMistake tooFew(int registered, int photos) {
    return new CallerMistake(
        "too-few-poses",
        "Only "
            + registered
            + " of "
            + photos
            + " photographs hang together; "
            + LEAST_POSES
            + " are needed",
        "Take more photographs, each a small step from the last and overlapping it by two thirds,"
            + " or give --poses");
  }

  private static PointTracks tracks(Sparse sparse, Mapping mapping, int[] viewOf, double[] scales) {
    int[][] photos = sparse.photos();
    int total = Arrays.stream(photos).mapToInt(p -> p.length).sum();
    int[] starts = new int[photos.length + 1];
    int[] views = new int[total];
    float[] pixels = new float[2 * total];
    float[] errors = new float[photos.length];
    int s = 0;
    for (int p = 0; p < photos.length; p++) {
      for (int k = 0; k < photos[p].length; k++) {
        int photo = photos[p][k];
        views[s] = viewOf[photo];
        float[] xy = mapping.places(photo);
        pixels[2 * s] = (float) (scales[photo] * xy[2 * sparse.features()[p][k]]);
        pixels[2 * s + 1] = (float) (scales[photo] * xy[2 * sparse.features()[p][k] + 1]);
        errors[p] += (float) (scales[photo] * sparse.errors()[p][k] / photos[p].length);
        s++;
      }
      starts[p + 1] = s;
    }
    return new PointTracks(starts, views, pixels, errors);
  }

  private static double error(Sparse sparse, double[] scales) {
    double sum = 0;
    int n = 0;
    for (int p = 0; p < sparse.photos().length; p++) {
      for (int k = 0; k < sparse.photos()[p].length; k++) {
        sum += scales[sparse.photos()[p][k]] * sparse.errors()[p][k];
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }
}
