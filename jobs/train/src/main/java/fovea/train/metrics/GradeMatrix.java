package fovea.train.metrics;

import fovea.train.data.Objective;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often each grade was called each grade.
 *
 * @param counts a row a true grade from 0 to 4, a column a said one
 */
public record GradeMatrix(List<List<Long>> counts) implements Serializable {

  static GradeMatrix of(List<Scored> answers) {
    long[][] counts = new long[Objective.GRADE_COUNT][Objective.GRADE_COUNT];
    answers.forEach(a -> counts[a.grade()][a.saidGrade()]++);
    return new GradeMatrix(
        IntStream.range(0, counts.length)
            .mapToObj(i -> LongStream.of(counts[i]).boxed().toList())
            .toList());
  }

  /** The share of images whose very grade was said; 0 of none. */
  public double accuracy() {
    double right = IntStream.range(0, counts.size()).mapToLong(g -> counts.get(g).get(g)).sum();
    return total() == 0 ? 0 : right / total();
  }

  /** The mean over the grades that occur of the share found. */
  public double balancedAccuracy() {
    return IntStream.range(0, counts.size())
        .filter(g -> row(g) > 0)
        .mapToDouble(g -> (double) counts.get(g).get(g) / row(g))
        .average()
        .orElse(0);
  }

  /**
   * Cohen's kappa with weights by the squared distance of grades (Cohen 1968): 1 where all agree, 0
   * as by chance; 0 too where all images have and are given one grade, which says nothing.
   */
  public double quadraticKappa() {
    double seen = 0;
    double expected = 0;
    for (int i = 0; i < counts.size(); i++) {
      for (int j = 0; j < counts.size(); j++) {
        double weight = (double) (i - j) * (i - j);
        seen += weight * counts.get(i).get(j);
        expected += weight * row(i) * column(j) / Math.max(1, total());
      }
    }
    return expected == 0 ? 0 : 1 - seen / expected;
  }

  private long total() {
    return IntStream.range(0, counts.size()).mapToLong(this::row).sum();
  }

  private long row(int grade) {
    return counts.get(grade).stream().mapToLong(Long::longValue).sum();
  }

  private long column(int grade) {
    return counts.stream().mapToLong(row -> row.get(grade)).sum();
  }
}
