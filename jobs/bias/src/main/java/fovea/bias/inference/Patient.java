package fovea.bias.inference;

/** One patient's rows, group by group. */
final class Patient {
  /** Told how many rows of a patient count in a rate of a group. */
  interface Reader {
    void read(int group, int rate, int successes, int trials);
  }

  private Patient() {}

  static void each(
      int[] groups, int[] outcomes, boolean[][] trials, boolean[][] successes, Reader reader) {
    for (int i = 0; i < groups.length; i++) {
      if (firstOf(groups, i)) {
        for (int r = 0; r < trials.length; r++) {
          int s = 0;
          int n = 0;
          for (int j = i; j < groups.length; j++) {
            if (groups[j] == groups[i]) {
              s += successes[r][outcomes[j]] ? 1 : 0;
              n += trials[r][outcomes[j]] ? 1 : 0;
            }
          }
          reader.read(groups[i], r, s, n);
        }
      }
    }
  }

  private static boolean firstOf(int[] groups, int place) {
    for (int i = 0; i < place; i++) {
      if (groups[i] == groups[place]) {
        return false;
      }
    }
    return true;
  }
}
