package fovea.train.loop;

import fovea.contract.cohort.AgeBand;
import fovea.contract.cohort.Sex;
import fovea.contract.settings.SettingValues;
import fovea.train.data.Part;
import fovea.train.data.Picture;
import fovea.train.data.Sample;
import fovea.train.data.Subject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trains on a folder of real photographs, without Spark: {@code OdirTrial FOLDER [IMAGES] [--epochs
 * 8 ...]}. The folder has {@code labels.csv} (columns image, patient_id, dr_grade; if known age and
 * sex) and {@code images/}; or the images lie in IMAGES, by the same names with any extension, for
 * example after preprocessing. Nothing is kept.
 */
public final class OdirTrial {
  private OdirTrial() {}

  /** Prints every epoch, the figures of held-out patients, images a second and peak memory. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    boolean elsewhere = arguments.length > 1 && !arguments[1].startsWith("--");
    Path images = elsewhere ? Path.of(arguments[1]) : folder.resolve("images");
    List<String> flags = Arrays.asList(arguments).subList(elsewhere ? 2 : 1, arguments.length);
    TrainSettings settings = settings(flags);
    long begun = System.nanoTime();
    List<Sample> samples = read(folder, images, settings);
    System.out.printf("%d images read in %.1f s%n", samples.size(), seconds(begun));
    Trained trained = Training.run(samples, settings, System.out::println);
    System.out.println("best epoch " + trained.bestEpoch());
    System.out.println("validation AUC " + trained.validation().auc());
    System.out.println("test AUC " + trained.test().auc() + " " + trained.test().confusion());
    for (String views : List.of("1", "4")) {
      List<String> others = new ArrayList<>(flags);
      others.addAll(List.of("--test-views", views));
      printViews(trained, settings(others), samples);
    }
    System.out.printf(
        "%.0f images/s, %.1f s in all, %d weights%n",
        trained.imagesPerSecond(), seconds(begun), trained.weights());
    System.out.println("peak " + peak() + ", " + ManagementFactory.getRuntimeMXBean().getName());
  }

  private static TrainSettings settings(List<String> flags) {
    return TrainSettings.of(SettingValues.parse(flags, TrainSettings.ALL, Map.of()));
  }

  private static void printViews(Trained trained, TrainSettings settings, List<Sample> samples) {
    ClassWeights equal = ClassWeights.equal(settings.loss().objective());
    Basis basis = new Basis(settings, trained.normalisation(), equal, samples.size(), 1);
    Verdicts verdicts = Jury.of(basis, samples).judge(trained.values());
    System.out.printf(
        "%s views: validation AUC %.4f, test AUC %.4f %s%n",
        settings.views(),
        verdicts.validation().auc(),
        verdicts.test().auc(),
        verdicts.test().figures().aucInterval());
  }

  private static List<Sample> read(Path folder, Path images, TrainSettings settings)
      throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("labels.csv"));
    List<String> head = Arrays.asList(lines.get(0).split(","));
    Map<String, Path> pictures = pictures(images);
    List<Sample> samples = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = Arrays.asList(line.split(",", -1));
      Function<String, String> cell =
          name -> head.contains(name) ? cells.get(head.indexOf(name)).strip() : "";
      Path picture = pictures.get(stem(cell.apply("image")));
      if (!cell.apply("dr_grade").isEmpty() && picture != null) {
        sample(cell, Files.readAllBytes(picture), settings).ifPresent(samples::add);
      }
    }
    return samples;
  }

  private static Optional<Sample> sample(
      Function<String, String> cell, byte[] encoded, TrainSettings settings) {
    if (!(Picture.of(encoded, settings.imageSize()) instanceof Picture.Readable picture)) {
      return Optional.empty();
    }
    String patient = cell.apply("patient_id");
    String sex = Sex.of(cell.apply("sex")).map(Sex::word).orElse(Subject.UNKNOWN);
    String age = cell.apply("age");
    // The data set writes 1 where the age is not known.
    String band =
        age.matches("[0-9]{2,3}") ? AgeBand.of(Integer.parseInt(age)).label() : Subject.UNKNOWN;
    Part part = part(patient, settings.seed());
    int grade = Integer.parseInt(cell.apply("dr_grade"));
    Subject subject = new Subject(patient, sex, band);
    return Optional.of(new Sample(cell.apply("image"), subject, part, grade, picture.rgb()));
  }

  // Preprocessed pictures keep a photograph's name, but not its extension.
  private static Map<String, Path> pictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(
          Collectors.toMap(f -> stem(f.getFileName().toString()), f -> f, (a, b) -> a));
    }
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
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
