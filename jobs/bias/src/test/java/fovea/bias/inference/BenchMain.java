package fovea.bias.inference;

import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.Measure;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.metrics.Section;
import fovea.contract.statistics.Levels;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Intervals and p-values of predictions of patients with two eyes in 12 groups: time, processor
 * time and peak heap, after the rows are counted. Arguments: predictions (a million), replicates
 * (1000).
 */
final class BenchMain {
  private static final int GROUPS = 12;

  private BenchMain() {}

  public static void main(String[] arguments) {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int replicates = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
    Map<String, GroupCounts> counts = new TreeMap<>();
    long seed = 1;
    each(rows, seed, (g, l, p, s) -> group(counts, g).add(l, p, s, 1));
    counts.values().forEach(c -> c.ofPeople(c.matrix().count() / 2));
    Map<String, Map<String, GroupCounts>> all = Map.of("g", counts);
    Levels levels = ModelMetrics.all(all).levels();
    Scheme scheme = Scheme.of(2, levels, List.of(), 32);
    Cohort.Builder builder = new Cohort.Builder(scheme, List.copyOf(counts.keySet()));
    int[] first = {-1};
    each(
        rows,
        seed,
        (g, l, p, s) -> {
          int cell = g * scheme.outcomes() + scheme.outcome(l, p, s);
          if (first[0] < 0) {
            first[0] = cell;
          } else {
            builder.add(new int[] {first[0], cell}, 1);
            first[0] = -1;
          }
        });
    Cohort cohort = builder.build();
    System.out.printf("%d rows, %d patterns of patients%n", rows, cohort.size());
    for (int run = 0; run < 3; run++) {
      infer(all, cohort, replicates);
    }
  }

  private static void infer(
      Map<String, Map<String, GroupCounts>> counts, Cohort cohort, int replicates) {
    System.gc();
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    List<Measure> measures = ModelMetrics.measures(counts, List.of());
    Section points = ModelMetrics.section(counts, 10);
    Section section =
        Inference.of(
            points, counts, Map.of("g", cohort), measures, new Inference.Plan(replicates, 1, 10));
    long peak = heap().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum();
    System.out.printf(
        "%d measures: wall %.1f s, CPU %.1f s, peak heap %d MB; AUC p %s%n",
        measures.size(),
        (System.nanoTime() - wall) / 1e9,
        (system.getProcessCpuTime() - cpu) / 1e9,
        peak >> 20,
        section.attributes().get(0).frame("auc").orElseThrow().evidence());
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(p -> p.getType() == MemoryType.HEAP)
        .toList();
  }

  private interface Reader {
    void read(int group, int label, int prediction, double score);
  }

  private static void each(int rows, long seed, Reader reader) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int patient = 0; patient < rows / 2; patient++) {
      int group = random.nextInt(GROUPS);
      double common = random.nextGaussian();
      for (int eye = 0; eye < 2; eye++) {
        int label = random.nextDouble() < 0.3 ? 1 : 0;
        double noise = 0.7 * common + 0.714 * random.nextGaussian();
        double score = 1 / (1 + Math.exp(-(noise + 1.5 * (label - 0.5))));
        double rounded = Math.round(score * 10_000) / 10_000.0;
        reader.read(group, label, rounded >= 0.5 ? 1 : 0, rounded);
      }
    }
  }

  private static GroupCounts group(Map<String, GroupCounts> counts, int group) {
    return counts.computeIfAbsent(String.format("group %02d", group), g -> new GroupCounts());
  }
}
