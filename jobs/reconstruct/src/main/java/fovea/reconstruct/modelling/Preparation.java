package fovea.reconstruct.modelling;

import fovea.contract.errors.CallerMistake;
import fovea.scene.InitialPoints;
import fovea.scene.Picture;
import fovea.scene.PictureReader;
import fovea.scene.PlainBackground;
import fovea.scene.PointCloud;
import fovea.scene.Region;
import fovea.scene.SparseScene;
import fovea.scene.View;
import fovea.splat.render.Camera;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainingView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Views with poses to what training needs: pixels, cameras, first points, views held out. */
final class Preparation {
  /** Fewest views with a pose: two to train on and one to judge by. */
  private static final int LEAST_VIEWS = 3;

  private static final int HOLD_OUT_EVERY = 8;

  /** The near plane, as a share of the distance to what the cameras look at. */
  private static final double NEAR = 0.02;

  private final TrainSettings settings;
  private final Mask mask;
  private final Stages stages;

  Preparation(TrainSettings settings, Mask mask, Stages stages) {
    this.settings = settings;
    this.mask = mask;
    this.stages = stages;
  }

  /**
   * What training needs.
   *
   * @param views those used, in name order
   * @param registered views with a pose and readable pixels, used or left out
   * @param points to begin with
   */
  record Prepared(
      List<View> views,
      List<TrainingView> training,
      List<TrainingView> heldOut,
      int registered,
      List<String> warnings,
      PointCloud points) {}

  /**
   * Decodes and divides.
   *
   * @param leftOut names of photographs the gate rejected
   */
  Prepared of(SparseScene sparse, Collection<String> leftOut) throws IOException {
    List<View> used = sparse.views().stream().filter(v -> !leftOut.contains(v.name())).toList();
    List<String> warnings = new ArrayList<>();
    requireViews(used.size(), sparse.views().size() - used.size(), warnings);
    List<View> views = new ArrayList<>();
    List<TrainingView> all = decoded(used, views, warnings);
    requireViews(all.size(), sparse.views().size() - used.size(), warnings);
    List<TrainingView> training = new ArrayList<>();
    List<TrainingView> heldOut = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      (i % HOLD_OUT_EVERY == 0 ? heldOut : training).add(all.get(i));
    }
    int registered = views.size() + sparse.views().size() - used.size();
    PointCloud points = points(sparse, views, training);
    return new Prepared(views, training, heldOut, registered, warnings, points);
  }

  private List<TrainingView> decoded(List<View> used, List<View> views, List<String> warnings) {
    Region region = Region.seenBy(used);
    List<TrainingView> all = new ArrayList<>();
    for (View view : used) {
      stages.report("decoding photographs", all.size(), used.size());
      try {
        all.add(trainingView(view, region, warnings));
        views.add(view);
      } catch (IOException undecodable) {
        warnings.add(view.name() + " skipped: " + undecodable.getMessage());
      }
    }
    return all;
  }

  private PointCloud points(SparseScene sparse, List<View> views, List<TrainingView> training)
      throws IOException {
    if (sparse.points().size() > 0) {
      return sparse.points();
    }
    stages.report("carving first points", 0, 0);
    // Held-out photographs must not shape the model.
    List<String> names = training.stream().map(TrainingView::name).toList();
    List<View> seen = views.stream().filter(v -> names.contains(v.name())).toList();
    return InitialPoints.of(seen, Math.max(1, settings.cap() * 3 / 5), settings.seed());
  }

  private TrainingView trainingView(View view, Region region, List<String> warnings)
      throws IOException {
    double distance = view.pose().toCamera(region.x(), region.y(), region.z())[2];
    Camera camera =
        new Camera(
            PictureReader.camera(view, settings.longest()),
            view.pose(),
            Math.max(1e-6, NEAR * Math.abs(distance)));
    Picture pixels = PictureReader.undistorted(view, settings.longest());
    return new TrainingView(view.name(), camera, masked(view.name(), pixels, warnings));
  }

  // Held-out photographs too: what is no part of the model is not what it is judged by.
  private Picture masked(String name, Picture pixels, List<String> warnings) {
    if (mask == Mask.NONE) {
      return pixels;
    }
    Optional<Picture> object =
        PlainBackground.replaced(
            pixels,
            Math.round(255 * settings.background().red()),
            Math.round(255 * settings.background().green()),
            Math.round(255 * settings.background().blue()));
    if (object.isEmpty()) {
      warnings.add(name + " has no plain background and is used whole");
    }
    return object.orElse(pixels);
  }

  private static void requireViews(int views, int leftOut, List<String> warnings) {
    if (views < LEAST_VIEWS) {
      throw new CallerMistake(
          "too-few-photos",
          "Only "
              + views
              + " photographs can be used with their poses"
              + (leftOut == 0 ? "" : ", " + leftOut + " are blurred, dark or repeated")
              + (warnings.isEmpty() ? "" : " (" + warnings.get(0) + ")"),
          "Give at least " + LEAST_VIEWS + ", better 20, from all sides");
    }
  }
}
