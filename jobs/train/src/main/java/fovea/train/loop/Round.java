package fovea.train.loop;

import java.util.List;

/** What all trainers together made of an order. */
public record Round(State state, Tally tally) {

  /**
   * Averages whole stints, in their order.
   *
   * @throws IllegalStateException where none counts
   */
  static Round of(Order order, List<Stint> stints) {
    List<Stint> fine = stints.stream().filter(Stint::counts).toList();
    Tally tally = stints.stream().map(Stint::tally).reduce(Tally.NONE, Tally::plus);
    int moves = fine.stream().mapToInt(s -> s.state().moves()).max().orElse(0);
    requireOne(order, stints.size(), tally);
    float[] all = mean(fine.stream().map(s -> s.state().all()).toList());
    return new Round(order.state().with(moves, all), tally);
  }

  /**
   * Joins what was averaged piece by piece.
   *
   * @param trainers that were given the order
   * @param moves the optimiser of the trainer who moved most has made
   * @param pieces averaged over the trainers that count, in their order
   * @throws IllegalStateException where none counts
   */
  public static Round of(Order order, int trainers, Tally tally, int moves, List<float[]> pieces) {
    requireOne(order, trainers, tally);
    float[] all = new float[order.state().all().length];
    int end = 0;
    for (float[] piece : pieces) {
      System.arraycopy(piece, 0, all, end, piece.length);
      end += piece.length;
    }
    if (end != all.length) {
      throw new IllegalStateException(end + " of " + all.length + " numbers came back");
    }
    return new Round(order.state().with(moves, all), tally);
  }

  private static void requireOne(Order order, int trainers, Tally tally) {
    if (tally.leftOut() == trainers) {
      throw new IllegalStateException(
          "in epoch " + order.epoch() + " no trainer came back with finite values");
    }
  }

  /** The mean of arrays, number by number, added up in their order. */
  public static float[] mean(List<float[]> arrays) {
    double[] sums = new double[arrays.get(0).length];
    for (float[] array : arrays) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += array[i];
      }
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / arrays.size());
    }
    return mean;
  }
}
