package fovea.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Middlebury multi-view stereo cameras: a count, then {@code name k11 .. k33 r11 .. r33 t1 t2 t3} a
 * line, projection {@code K [R t]}. Pixel centres are whole numbers there.
 */
final class MiddleburyPar {
  private static final int NUMBERS = 21;
  private static final double PIXEL_CENTRE = 0.5;

  private MiddleburyPar() {}

  static SparseScene read(Path file, PhotoSet photos) throws IOException {
    String source = String.valueOf(file.getFileName());
    Posing posing = new Posing(source, photos);
    List<String> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      if (words.length == 1) {
        continue; // the count: the lines tell it better
      }
      if (words.length != NUMBERS + 1) {
        throw Posing.damaged(source, "a line must have a name and 21 numbers: " + words[0]);
      }
      Optional<Photo> photo = posing.photo(words[0]);
      if (photo.isPresent()) {
        add(posing, photo.get(), numbers(source, words));
      }
    }
    return posing.scene(PointCloud.empty(), OptionalDouble.empty());
  }

  private static void add(Posing posing, Photo photo, double[] n) {
    double[] rotation = java.util.Arrays.copyOfRange(n, 9, 18);
    double[] translation = java.util.Arrays.copyOfRange(n, 18, 21);
    try {
      Intrinsics camera =
          Intrinsics.pinhole(
              photo.width(), photo.height(), n[0], n[4], n[2] + PIXEL_CENTRE, n[5] + PIXEL_CENTRE);
      posing.add(photo, camera, Pose.of(rotation, translation));
    } catch (IllegalArgumentException impossible) {
      throw Posing.damaged(photo.name(), String.valueOf(impossible.getMessage()));
    }
  }

  private static double[] numbers(String source, String[] words) {
    double[] numbers = new double[NUMBERS];
    try {
      for (int i = 0; i < NUMBERS; i++) {
        numbers[i] = Double.parseDouble(words[i + 1]);
      }
    } catch (NumberFormatException notANumber) {
      throw Posing.damaged(source, "not a number in the line of " + words[0]);
    }
    return numbers;
  }
}
