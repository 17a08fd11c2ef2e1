package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.statistics.Interval;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RoundingTest {
  private static final int BASE = 5;
  private static final int SMALLEST = 10;
  private static final Rounding ROUNDING = new Rounding(BASE);

  @Test
  void counts_become_multiples_next_to_them_that_are_right_on_average() {
    for (int count = 0; count <= 12; count++) {
      double sum = 0;
      int draws = 4000;
      for (int i = 0; i < draws; i++) {
        long rounded = ROUNDING.of(new Matrix(2).add(1, 0, count), "group " + i).rows(1, 0);
        assertThat(supports(count, rounded)).as("%d to %d", count, rounded).isTrue();
        sum += rounded;
      }
      // The largest standard deviation of one draw is 2.45.
      assertThat(sum / draws).isCloseTo(count, within(4 * 2.45 / Math.sqrt(draws)));
    }
  }

  @Test
  void no_two_reports_tell_what_the_patient_between_them_was() {
    assertThat(determined(table -> ROUNDING.of(table, "g"))).isZero();
    // To the nearest multiple, the cell that moves is the patient's: the test can fail.
    assertThat(determined(RoundingTest::nearest)).isPositive();
  }

  // How many patients, taken away from random tables, have a label that follows from both reports.
  private static int determined(UnaryOperator<Matrix> publish) {
    int determined = 0;
    SplittableRandom random = new SplittableRandom(1);
    for (int t = 0; t < 500; t++) {
      long[] cells = new long[4];
      for (int i = 0; i < 4; i++) {
        cells[i] = random.nextInt(20);
      }
      Matrix with = publish.apply(matrix(cells));
      for (int patient = 0; patient < 4; patient++) {
        if (cells[patient] > 0) {
          cells[patient]--;
          Matrix without = publish.apply(matrix(cells));
          cells[patient]++;
          for (int guess = 0; guess < 4; guess++) {
            determined += possible(with, without, guess, publish) ? 0 : 1;
          }
        }
      }
    }
    return determined;
  }

  // Whether counts exist that may be published as both, with one more in the guessed cell.
  private static boolean possible(
      Matrix with, Matrix without, int guess, UnaryOperator<Matrix> publish) {
    for (int cell = 0; cell < 4; cell++) {
      long p = with.rows(cell / 2, cell % 2);
      long q = without.rows(cell / 2, cell % 2);
      int more = cell == guess ? 1 : 0;
      boolean found = false;
      for (long v = more; v <= p + BASE && !found; v++) {
        found =
            may(v, p, publish)
                && may(v - more, q, publish)
                && (more == 1 || same(v, p, q, publish));
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  // A rule without chance publishes a number always as the same.
  private static boolean same(long v, long p, long q, UnaryOperator<Matrix> publish) {
    return supports(v, p) && supports(v, q) && (p == q || !isFixed(publish));
  }

  private static boolean may(long exact, long shown, UnaryOperator<Matrix> publish) {
    return isFixed(publish)
        ? publish.apply(new Matrix(2).add(0, 0, exact)).rows(0, 0) == shown
        : supports(exact, shown);
  }

  private static boolean isFixed(UnaryOperator<Matrix> publish) {
    long first = publish.apply(matrix(new long[] {2, 0, 0, 0})).rows(0, 0);
    for (int i = 1; i < 50; i++) {
      if (publish.apply(matrix(new long[] {2, i, 0, 0})).rows(0, 0) != first) {
        return false;
      }
    }
    return true;
  }

  private static boolean supports(long exact, long shown) {
    return shown % BASE == 0 && Math.abs(shown - exact) < BASE;
  }

  private static Matrix nearest(Matrix exact) {
    Matrix rounded = new Matrix(2);
    for (int cell = 0; cell < 4; cell++) {
      long rows = exact.rows(cell / 2, cell % 2);
      rounded.add(cell / 2, cell % 2, Math.round((double) rows / BASE) * BASE);
    }
    return rounded;
  }

  @Test
  void a_patient_of_a_small_group_leaves_no_trace_in_any_figure_of_a_group() {
    SplittableRandom random = new SplittableRandom(2);
    for (int t = 0; t < 100; t++) {
      long[] small = {random.nextInt(3), random.nextInt(3), random.nextInt(3), 1};
      long[] a = {20, 10 + random.nextInt(20), 15 + random.nextInt(9), 30};
      long[] b = {10 + random.nextInt(30), 30, 20, 10 + random.nextInt(5)};
      AttributeFrames all = frames(a, b, small);
      for (int cell = 0; cell < 4; cell++) {
        if (small[cell] == 0) {
          continue;
        }
        small[cell]--;
        AttributeFrames without = frames(a, b, small);
        small[cell]++;
        for (MetricFrame frame : all.metrics()) {
          MetricFrame other = without.frame(frame.metric()).orElseThrow();
          assertThat(frame.group("small").value()).isNull();
          assertThat(frame.byGroup()).isEqualTo(other.byGroup());
          assertThat(frame.difference()).isEqualTo(other.difference());
          assertThat(frame.ratio()).isEqualTo(other.ratio());
        }
      }
    }
  }

  @Test
  void every_published_count_is_a_multiple_and_rates_are_made_of_them() {
    Section section =
        ModelMetrics.section(
            Map.of("g", groups(new long[] {23, 11, 31, 17}, new long[] {44, 9, 21, 13}, null)),
            SMALLEST,
            List.of(),
            ROUNDING);
    for (MetricFrame frame : section.attributes().get(0).metrics()) {
      for (Estimate estimate : frame.byGroup().values()) {
        Long count = estimate.count();
        Double value = estimate.value();
        if (count != null && value != null) {
          assertThat(count % BASE).as(frame.metric()).isZero();
          if (estimate.isProportion()) {
            double successes = value * count / BASE;
            assertThat(successes).isCloseTo(Math.rint(successes), within(1e-9));
          }
        }
      }
      Long overall = frame.overall().count();
      if (overall != null && frame.metric().equals("count")) {
        long sum =
            frame.byGroup().values().stream()
                .mapToLong(e -> Objects.requireNonNull(e.count()))
                .sum();
        assertThat(overall).isEqualTo(sum);
      }
    }
  }

  @Test
  void a_table_of_categories_is_rounded_too_and_small_ones_stay_too_few() {
    CrossCounts cross = new CrossCounts();
    cross.add("sex", "f", "label", "1", 33).add("sex", "f", "label", "0", 48);
    cross.add("sex", "m", "label", "1", 27).add("sex", "m", "label", "0", 51);
    cross.add("sex", "x", "label", "1", 4).add("sex", "x", "label", "0", 5);
    MetricFrame rate =
        DataMetrics.section(cross, SMALLEST, Reference.EVEN, ROUNDING)
            .attributes()
            .get(0)
            .frame("label_rate")
            .orElseThrow();
    assertThat(rate.group("x").isTooFew()).isTrue();
    for (String group : List.of("f", "m")) {
      long rows = Objects.requireNonNull(rate.group(group).count());
      double positives = Objects.requireNonNull(rate.group(group).value()) * rows;
      assertThat(rows % BASE).isZero();
      assertThat(positives / BASE).isCloseTo(Math.rint(positives / BASE), within(1e-9));
    }
  }

  @Test
  void intervals_of_rounded_rates_hold_the_truth_as_often_as_they_say() {
    SplittableRandom random = new SplittableRandom(3);
    for (int rows : new int[] {15, 60, 400}) {
      for (double truth : new double[] {0.1, 0.5, 0.7}) {
        int held = 0;
        int samples = 2000;
        for (int i = 0; i < samples; i++) {
          int found = 0;
          for (int r = 0; r < rows; r++) {
            found += random.nextDouble() < truth ? 1 : 0;
          }
          long[] shown = ROUNDING.of(rows - found, found, "s" + i);
          double all = shown[0] + shown[1];
          double rate = shown[1] / all;
          double independent = ROUNDING.independent(rate, all, all);
          held += Interval.wilson(rate, independent, Interval.Z95).contains(truth) ? 1 : 0;
        }
        assertThat((double) held / samples).as("%d rows, %s", rows, truth).isGreaterThan(0.93);
      }
    }
  }

  private static AttributeFrames frames(long[] a, long[] b, long[] small) {
    return ModelMetrics.section(Map.of("g", groups(a, b, small)), SMALLEST, List.of(), ROUNDING)
        .attributes()
        .get(0);
  }

  private static Map<String, GroupCounts> groups(long[] a, long[] b, long[] small) {
    Map<String, GroupCounts> groups = new TreeMap<>();
    groups.put("a", counts(a));
    groups.put("b", counts(b));
    if (small != null) {
      groups.put("small", counts(small));
    }
    return groups;
  }

  private static GroupCounts counts(long[] cells) {
    GroupCounts counts = new GroupCounts();
    for (int cell = 0; cell < 4; cell++) {
      counts.add(cell / 2, cell % 2, null, cells[cell]);
    }
    return counts;
  }

  private static Matrix matrix(long[] cells) {
    return counts(cells).matrix();
  }
}
