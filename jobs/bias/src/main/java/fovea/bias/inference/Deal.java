package fovea.bias.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deals patients out to groups anew, as if groups meant nothing: who is in one group is exchanged
 * with others, all rows together; who has rows in several groups (left and right eye) exchanges
 * them within. Groups keep their numbers of patients and rows keep their patients. Patients alike
 * are dealt at once, as a random table with fixed margins.
 */
final class Deal {
  /** Told that patients have rows of these outcomes in these groups. */
  interface Receiver {
    /** A bundle is the place of equal outcomes of patients in one group; -1 for several groups. */
    void receive(int bundle, int[] groups, int[] outcomes, long patients);
  }

  private static final int ONE_BY_ONE = 16;
  private static final int MOST_ARRANGED = 4;

  private final int groups;
  private final List<int[]> bundles = new ArrayList<>();
  private final long[] margins;
  private final long[] places;
  private final List<Mixed> mixed = new ArrayList<>();

  private record Mixed(int[] groups, int[] outcomes, List<int[]> arrangements, long patients) {}

  Deal(Cohort cohort, boolean[] eligible) {
    groups = eligible.length;
    places = new long[groups];
    int outcomes = cohort.scheme().outcomes();
    TreeMap<int[], Long> pure = new TreeMap<>(Arrays::compare);
    for (int i = 0; i < cohort.size(); i++) {
      int[] cells = Arrays.stream(cohort.pattern(i)).filter(c -> eligible[c / outcomes]).toArray();
      if (cells.length == 0) {
        continue;
      }
      int[] in = Arrays.stream(cells).map(c -> c / outcomes).toArray();
      int[] out = Arrays.stream(cells).map(c -> c % outcomes).toArray();
      if (in[0] == in[in.length - 1]) {
        pure.merge(out, cohort.patients(i), Long::sum);
        places[in[0]] += cohort.patients(i);
      } else {
        mixed.add(new Mixed(in, out, arrangements(out), cohort.patients(i)));
      }
    }
    bundles.addAll(pure.keySet());
    margins = pure.values().stream().mapToLong(Long::longValue).toArray();
  }

  List<int[]> bundles() {
    return bundles;
  }

  /** Whether any patient has several rows: only then do rows depend on each other. */
  boolean clustered() {
    return !mixed.isEmpty() || bundles.stream().anyMatch(b -> b.length > 1);
  }

  void draw(Draws draws, Receiver receiver) {
    long[] free = places.clone();
    long left = Arrays.stream(free).sum();
    int[][] only = new int[groups][1];
    for (int g = 0; g < groups; g++) {
      only[g][0] = g;
    }
    long[] dealt = new long[groups];
    for (int b = 0; b < margins.length; b++) {
      deal(draws, margins[b], left, free, dealt);
      for (int g = 0; g < groups; g++) {
        if (dealt[g] > 0) {
          free[g] -= dealt[g];
          receiver.receive(b, only[g], bundles.get(b), dealt[g]);
        }
      }
      left -= margins[b];
    }
    mixed.forEach(m -> within(draws, m, receiver));
  }

  private static void deal(Draws draws, long patients, long left, long[] free, long[] dealt) {
    Arrays.fill(dealt, 0);
    if (patients <= ONE_BY_ONE) {
      for (long p = 0; p < patients; p++) {
        long ticket = draws.below(left - p);
        int g = 0;
        while (ticket >= free[g] - dealt[g]) {
          ticket -= free[g] - dealt[g];
          g++;
        }
        dealt[g]++;
      }
      return;
    }
    long rest = left;
    long wanted = patients;
    for (int g = 0; g < free.length && wanted > 0; g++) {
      dealt[g] = rest == free[g] ? wanted : draws.hypergeometric(rest, free[g], wanted);
      wanted -= dealt[g];
      rest -= free[g];
    }
  }

  private static void within(Draws draws, Mixed m, Receiver receiver) {
    if (m.arrangements.isEmpty()) {
      for (long p = 0; p < m.patients; p++) {
        receiver.receive(-1, m.groups, shuffled(draws, m.outcomes), 1);
      }
      return;
    }
    long left = m.patients;
    int ways = m.arrangements.size();
    for (int i = 0; i < ways && left > 0; i++) {
      long times = i == ways - 1 ? left : draws.binomial(left, 1.0 / (ways - i));
      if (times > 0) {
        receiver.receive(-1, m.groups, m.arrangements.get(i), times);
        left -= times;
      }
    }
  }

  private static int[] shuffled(Draws draws, int[] values) {
    int[] shuffled = values.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = (int) draws.below(i + 1L);
      int kept = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = kept;
    }
    return shuffled;
  }

  // All orders, those that look alike counted once: each comes from equally many permutations.
  private static List<int[]> arrangements(int[] outcomes) {
    if (outcomes.length > MOST_ARRANGED) {
      return List.of();
    }
    Map<int[], Boolean> found = new TreeMap<>(Arrays::compare);
    permute(outcomes.clone(), 0, found);
    return List.copyOf(found.keySet());
  }

  private static void permute(int[] values, int from, Map<int[], Boolean> found) {
    if (from == values.length) {
      found.put(values.clone(), true);
      return;
    }
    for (int i = from; i < values.length; i++) {
      int kept = values[from];
      values[from] = values[i];
      values[i] = kept;
      permute(values, from + 1, found);
      values[i] = values[from];
      values[from] = kept;
    }
  }
}
