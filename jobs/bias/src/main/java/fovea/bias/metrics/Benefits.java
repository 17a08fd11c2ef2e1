package fovea.bias.metrics;

import java.util.Collection;

/**
 * How unequally a model's benefit is spread: a false alarm is 2, a right answer 1, a miss 0
 * (Speicher et al., KDD 2018, as AIF360 has it). Between groups, everybody has the mean benefit of
 * their group.
 */
final class Benefits {
  private Benefits() {}

  static double generalizedEntropy(Confusion c) {
    double mean = mean(c);
    return ((4.0 * c.falsePositives() + c.correct()) / (c.count() * mean * mean) - 1) / 2;
  }

  static double theil(Confusion c) {
    double mean = mean(c);
    double sum = c.falsePositives() * surprise(2 / mean) + c.correct() * surprise(1 / mean);
    return sum / c.count();
  }

  static double generalizedEntropyBetween(Collection<Confusion> groups) {
    Confusion all = groups.stream().reduce(Confusion.NONE, Confusion::plus);
    double sum = 0;
    for (Confusion group : groups) {
      double share = mean(group) / mean(all);
      sum += group.count() * (share * share - 1);
    }
    return sum / (2.0 * all.count());
  }

  static double theilBetween(Collection<Confusion> groups) {
    Confusion all = groups.stream().reduce(Confusion.NONE, Confusion::plus);
    double sum = 0;
    for (Confusion group : groups) {
      sum += group.count() * surprise(mean(group) / mean(all));
    }
    return sum / all.count();
  }

  private static double mean(Confusion c) {
    return (double) (2 * c.falsePositives() + c.correct()) / c.count();
  }

  private static double surprise(double share) {
    return share == 0 ? 0 : share * Math.log(share);
  }
}
