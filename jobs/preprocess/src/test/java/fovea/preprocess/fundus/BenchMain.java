package fovea.preprocess.fundus;

import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.Mats;
import fovea.imaging.ScaledDecoder;
import fovea.preprocess.anatomy.AnatomyFinder;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.FieldFinder;
import fovea.preprocess.field.SmallView;
import fovea.preprocess.png.FastPng;
import fovea.preprocess.quality.QualityGrader;
import fovea.synthetic.FundusSettings;
import fovea.synthetic.SyntheticFundus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.opencv.core.Mat;

/** One thread over synthetic photographs: its processor time a stage beside the bare decode. */
final class BenchMain {
  private static final int EYES = 10;
  private static final int WARM = 3;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private final PreprocessSettings settings = PreprocessSettings.standard();
  private final FundusProcessor processor = new FundusProcessor(settings);

  private BenchMain() {}

  /**
   * Arguments: edge in pixels, rounds (2000 and 10 where they are left out), and a folder into
   * which the photographs are written for {@code peer.py}.
   */
  public static void main(String[] arguments) throws IOException {
    int edge = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    List<byte[]> files = new ArrayList<>();
    for (int seed = 0; seed < EYES; seed++) {
      files.add(SyntheticFundus.render(FundusSettings.of(seed, edge)).jpeg(0.9));
    }
    if (arguments.length > 2) {
      write(files, Path.of(arguments[2]));
    }
    BenchMain bench = new BenchMain();
    for (int round = 0; round < WARM + rounds; round++) {
      if (round == WARM) {
        bench.nanos.clear();
      }
      files.forEach(bench::once);
    }
    bench.print(rounds * EYES, edge);
  }

  private static void write(List<byte[]> files, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < files.size(); i++) {
      Files.write(folder.resolve(i + ".jpg"), files.get(i));
    }
  }

  private void once(byte[] file) {
    try (Mats mats = new Mats()) {
      timed("bare decode", () -> Decoder.decode(file, mats));
    }
    timed("whole", () -> processor.process(file));
    stages(file);
  }

  private void stages(byte[] file) {
    try (Mats mats = new Mats()) {
      Decoding decoding = timed("  decode", () -> ScaledDecoder.decode(file, 640, mats));
      Mat photograph = ((Decoding.Decoded) decoding).bgr();
      Field field = timed("  field", () -> FieldFinder.find(photograph));
      Picture picture = new Picture(photograph, field);
      for (Step step : settings.recipe().steps()) {
        Picture before = picture;
        picture = timed("  " + step.name(), () -> step.apply(before, mats));
      }
      Mat square = settings.recipe().square(new Picture(photograph, field), mats).bgr();
      SmallView view =
          timed("  view", () -> SmallView.of(Field.scaled(square, 256, mats), field, mats));
      timed("  quality", () -> QualityGrader.grade(view, field));
      timed(
          "  anatomy",
          () -> AnatomyFinder.find(photograph, field, view, AnatomyFinder.Vessels.CLEAR));
      Mat result = picture.bgr();
      timed("  png", () -> FastPng.encode(result));
    }
  }

  private <T> T timed(String stage, Supplier<T> work) {
    long start = CLOCK.getCurrentThreadCpuTime();
    T result = work.get();
    nanos.merge(stage, CLOCK.getCurrentThreadCpuTime() - start, Long::sum);
    return result;
  }

  private void print(int count, int edge) {
    double bare = nanos.get("bare decode") / 1e6 / count;
    System.out.printf(Locale.ROOT, "%d photographs of %d x %d, one thread%n", count, edge, edge);
    nanos.forEach(
        (stage, sum) -> {
          double ms = sum / 1e6 / count;
          System.out.printf(
              Locale.ROOT, "%-24s %7.2f ms  %5.2f of the bare decode%n", stage, ms, ms / bare);
        });
    System.out.printf(Locale.ROOT, "%.1f images/s%n", 1e9 * count / nanos.get("whole"));
  }
}
