package fovea.preprocess;

import fovea.contract.settings.SettingValues;
import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.PreprocessSettings;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;

/** How much a hundred photographs leave behind in MB, and how often the heap was collected. */
final class NativeMemoryMain {
  private static final int WARM = 20;
  private static final int PICTURES = 100;

  /** Half of what would stay of the view of 256 by 256 pixels, in colour, of every photograph. */
  static final double HALF_MB = 0.5 * PICTURES * 256 * 256 * 3 / (1 << 20);

  private NativeMemoryMain() {}

  /** Takes no arguments; prints both numbers. */
  public static void main(String[] none) {
    byte[] content = Retina.jpeg(500);
    FundusProcessor processor =
        new FundusProcessor(PreprocessSettings.of(SettingValues.of(Map.of("size", "128"))));
    for (int i = 0; i < WARM; i++) {
      processor.process(content);
    }
    long collections = collections();
    double before = NativeMemory.resident();
    for (int i = 0; i < PICTURES; i++) {
      processor.process(content);
    }
    double growth = NativeMemory.resident() - before;
    System.out.printf(Locale.ROOT, "%.1f %d%n", growth, collections() - collections);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
