package fovea.train.loop;

import fovea.contract.settings.SettingValues;
import fovea.train.data.Part;
import fovea.train.data.Picture;
import fovea.train.data.Sample;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Trains on a folder of real photographs, without Spark: {@code OdirTrial FOLDER [--epochs 8 ...]}.
 * The folder has {@code labels.csv} (columns image, patient_id, dr_grade) and {@code images/}.
 */
public final class OdirTrial {
  private OdirTrial() {}

  /** Prints every epoch, the figures of held-out patients, images a second and peak memory. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    TrainSettings settings =
        TrainSettings.of(
            SettingValues.parse(
                Arrays.asList(arguments).subList(1, arguments.length),
                TrainSettings.ALL,
                Map.of()));
    long begun = System.nanoTime();
    List<Sample> samples = read(folder, settings);
    System.out.printf("%d images read in %.1f s%n", samples.size(), seconds(begun));
    Trained trained = Training.run(samples, settings, System.out::println);
    System.out.println("best epoch " + trained.bestEpoch());
    System.out.println("validation AUC " + trained.validation().auc());
    System.out.println("test AUC " + trained.test().auc() + " " + trained.test().confusion());
    System.out.printf(
        "%.0f images/s, %.1f s in all, %d weights%n",
        trained.imagesPerSecond(), seconds(begun), trained.weights());
    System.out.println("peak " + peak() + ", " + ManagementFactory.getRuntimeMXBean().getName());
  }

  private static List<Sample> read(Path folder, TrainSettings settings) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("labels.csv"));
    List<String> head = Arrays.asList(lines.get(0).split(","));
    List<Sample> samples = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      String grade = cells[head.indexOf("dr_grade")];
      String image = cells[head.indexOf("image")];
      if (!grade.isEmpty()) {
        byte[] bytes = Files.readAllBytes(folder.resolve("images").resolve(image));
        if (Picture.of(bytes, settings.imageSize()) instanceof Picture.Readable picture) {
          Part part = part(cells[head.indexOf("patient_id")], settings.seed());
          int label = Integer.parseInt(grade) >= 2 ? 1 : 0;
          samples.add(new Sample(image, part, label, picture.rgb()));
        }
      }
    }
    return samples;
  }

  private static Part part(String patient, long seed) {
    int bucket = Math.floorMod((patient + "/" + seed).hashCode() * 0x9E3779B1, 20);
    return bucket < 3 ? Part.TEST : bucket < 6 ? Part.VALIDATION : Part.TRAIN;
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static String peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(l -> l.startsWith("VmHWM"))
            .findFirst()
            .orElse("unknown")
        : "unknown";
  }
}
