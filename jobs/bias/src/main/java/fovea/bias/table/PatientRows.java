package fovea.bias.table;

import fovea.bias.inference.Cohort;
import fovea.bias.inference.Scheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rows are of the same patient: about 20 bytes a row and the patients' names. */
final class PatientRows {
  private static final int MOST_CLASSES = 100;

  private final Map<String, Integer> places = new HashMap<>();
  private final List<Map<String, Integer>> groups = new ArrayList<>();
  private int[] patients = new int[1024];
  private short[][] in;
  private short[] outcomes = new short[1024];
  private double[] scores = new double[1024];
  private int size;

  PatientRows(int attributes) {
    in = new short[attributes][1024];
    for (int a = 0; a < attributes; a++) {
      groups.add(new HashMap<>());
    }
  }

  void add(
      String patient, List<String> ofGroups, int label, int prediction, @Nullable Double score) {
    if (size == patients.length) {
      patients = Arrays.copyOf(patients, 2 * size);
      outcomes = Arrays.copyOf(outcomes, 2 * size);
      scores = Arrays.copyOf(scores, 2 * size);
      for (int a = 0; a < in.length; a++) {
        in[a] = Arrays.copyOf(in[a], 2 * size);
      }
    }
    patients[size] = place(places, patient);
    for (int a = 0; a < in.length; a++) {
      in[a][size] = (short) place(groups.get(a), ofGroups.get(a));
    }
    outcomes[size] = (short) (MOST_CLASSES * label + prediction);
    scores[size] = score == null ? Double.NaN : score;
    size++;
  }

  private static int place(Map<String, Integer> known, String name) {
    int next = known.size();
    Integer before = known.putIfAbsent(name, next);
    return before == null ? next : before;
  }

  /** How many patients have a row in a group of an attribute. */
  long patients(int attribute, String group) {
    Integer wanted = groups.get(attribute).get(group);
    Set<Integer> found = new HashSet<>();
    for (int row = 0; row < size && wanted != null; row++) {
      if (in[attribute][row] == wanted) {
        found.add(patients[row]);
      }
    }
    return found.size();
  }

  /** The patients of an attribute. */
  Cohort cohort(Scheme scheme, int attribute, List<String> names) {
    int[] places = new int[groups.get(attribute).size()];
    groups.get(attribute).forEach((name, place) -> places[place] = names.indexOf(name));
    int[] starts = new int[this.places.size() + 1];
    for (int row = 0; row < size; row++) {
      starts[patients[row] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] cells = new int[size];
    for (int row = 0; row < size; row++) {
      cells[next[patients[row]]++] =
          places[in[attribute][row]] * scheme.outcomes() + outcome(scheme, row);
    }
    Cohort.Builder builder = new Cohort.Builder(scheme, names);
    for (int p = 0; p + 1 < starts.length; p++) {
      builder.add(Arrays.copyOfRange(cells, starts[p], starts[p + 1]), 1);
    }
    return builder.build();
  }

  private int outcome(Scheme scheme, int row) {
    Double score = Double.isNaN(scores[row]) ? null : scores[row];
    return scheme.outcome(outcomes[row] / MOST_CLASSES, outcomes[row] % MOST_CLASSES, score);
  }
}
