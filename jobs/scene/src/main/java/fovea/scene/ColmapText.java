package fovea.scene;

import fovea.scene.ColmapModel.CallerPart;
import fovea.scene.ColmapModel.ColmapPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** COLMAP's text files. */
final class ColmapText {
  private static final int POSE = 7;

  private ColmapText() {}

  static ColmapPoints read(Path folder, ColmapModel model) throws IOException {
    cameras(folder, model);
    images(lines(folder, "images.txt"), model);
    return points(lines(folder, "points3D.txt"), model.part("points3D.txt"));
  }

  private static List<String> lines(Path folder, String name) throws IOException {
    return Files.readAllLines(folder.resolve(name)).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  static void cameras(Path folder, ColmapModel model) throws IOException {
    CallerPart part = model.part("cameras.txt");
    for (String line : lines(folder, "cameras.txt")) {
      if (line.isBlank()) {
        continue;
      }
      String[] w = words(line, 5, part);
      double[] parameters =
          IntStream.range(4, w.length).mapToDouble(i -> number(w[i], part)).toArray();
      model.camera(
          (int) number(w[0], part),
          w[1],
          (long) number(w[2], part),
          (long) number(w[3], part),
          parameters);
    }
  }

  // Every second line lists an image's observations and may be empty.
  private static void images(List<String> lines, ColmapModel model) {
    CallerPart part = model.part("images.txt");
    for (int i = 0; i < lines.size(); i += 2) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] w = lines.get(i).strip().split("\\s+", POSE + 3);
      if (w.length != POSE + 3) {
        throw part.damaged("an image has too few numbers");
      }
      double[] pose = IntStream.range(1, POSE + 1).mapToDouble(k -> number(w[k], part)).toArray();
      model.image(w[POSE + 2], (int) number(w[POSE + 1], part), pose);
    }
  }

  private static ColmapPoints points(List<String> lines, CallerPart part) {
    ColmapPoints points = new ColmapPoints(lines.size());
    for (String line : lines) {
      if (line.isBlank()) {
        continue;
      }
      String[] w = words(line, 8, part);
      points.add(
          number(w[1], part),
          number(w[2], part),
          number(w[3], part),
          (int) number(w[4], part),
          (int) number(w[5], part),
          (int) number(w[6], part),
          number(w[7], part),
          (w.length - 8) / 2);
    }
    return points;
  }

  private static String[] words(String line, int least, CallerPart part) {
    String[] words = line.strip().split("\\s+");
    if (words.length < least) {
      throw part.damaged("a line has too few words");
    }
    return words;
  }

  private static double number(String word, CallerPart part) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException notANumber) {
      throw part.damaged("not a number: " + word);
    }
  }
}
