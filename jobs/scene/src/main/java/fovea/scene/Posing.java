package fovea.scene;

import fovea.contract.errors.CallerMistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Joins cameras with photographs while a poses file is read; what does not fit is a warning. */
final class Posing {
  private final String source;
  private final PhotoSet photos;
  private final Map<String, View> views = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int missing;

  Posing(String source, PhotoSet photos) {
    this.source = source;
    this.photos = photos;
  }

  /** The photograph of this name, or empty with a warning. */
  Optional<Photo> photo(String reference) {
    Optional<Photo> photo = photos.find(reference);
    if (photo.isEmpty()) {
      missing++;
      warn("no photograph named " + reference + ": left out");
    }
    return photo;
  }

  /** Takes a view; the intrinsics are scaled where the photograph was resized as a whole. */
  void add(Photo photo, Intrinsics camera, Pose pose) {
    if (!camera.hasShapeOf(photo)) {
      warn(
          photo.name()
              + " has "
              + photo.width()
              + "x"
              + photo.height()
              + " pixels, its camera "
              + camera.width()
              + "x"
              + camera.height()
              + ": left out");
      return;
    }
    views.putIfAbsent(
        photo.name(), new View(photo, camera.resized(photo.width(), photo.height()), pose));
  }

  void warn(String sentence) {
    warnings.add(source + ": " + sentence);
  }

  SparseScene scene(PointCloud points, OptionalDouble error) {
    if (views.isEmpty()) {
      throw new CallerMistake(
          "no-view",
          source
              + " has a pose for none of the "
              + photos.photos().size()
              + " photographs"
              + (missing > 0 ? " (" + missing + " names are unknown)" : ""),
          "Give poses whose file names are those of the photographs");
    }
    List<View> ordered = new ArrayList<>(views.values());
    ordered.sort(Comparator.comparing(View::name));
    return new SparseScene(ordered, points, error, warnings);
  }

  static CallerMistake damaged(String source, String why) {
    return new CallerMistake(
        "bad-poses", source + " cannot be read: " + why, "Export the poses again");
  }
}
