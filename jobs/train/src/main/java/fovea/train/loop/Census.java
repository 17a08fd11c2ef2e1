package fovea.train.loop;

import fovea.train.data.Objective;
import fovea.train.data.PixelSums;
import fovea.train.data.Sample;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be known of one shard before anyone trains.
 *
 * @param byGrade samples of each grade
 */
public record Census(PixelSums pixels, List<Long> byGrade) implements Serializable {

  /** Of the training part's samples in a shard. */
  public static Census of(List<Sample> samples) {
    long[] counts = new long[Objective.GRADE_COUNT];
    samples.forEach(s -> counts[s.grade()]++);
    List<Long> byGrade = new ArrayList<>();
    for (long count : counts) {
      byGrade.add(count);
    }
    return new Census(PixelSums.of(samples), List.copyOf(byGrade));
  }

  Census plus(Census other) {
    List<Long> added = new ArrayList<>();
    for (int grade = 0; grade < byGrade.size(); grade++) {
      added.add(byGrade.get(grade) + other.byGrade.get(grade));
    }
    return new Census(pixels.plus(other.pixels), List.copyOf(added));
  }

  /** How many samples there are. */
  public long samples() {
    return byGrade.stream().mapToLong(Long::longValue).sum();
  }
}
