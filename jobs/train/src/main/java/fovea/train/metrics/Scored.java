package fovea.train.metrics;

import fovea.contract.statistics.DeLong;
import fovea.train.data.Objective;
import fovea.train.data.Subject;

/**
 * What a network said of an image and what is true.
 *
 * @param score probability of referable
 * @param grade the true one, 0 to 4
 * @param saidGrade the likeliest one, or {@link Objective#NO_GRADE} where none was asked
 * @param subject whose image it is
 */
public record Scored(double score, int grade, int saidGrade, Subject subject) {

  /** The same without the image's grades. */
  DeLong.Answer answer() {
    return new DeLong.Answer(score, positive(), subject.patient());
  }

  boolean positive() {
    return Objective.isReferable(grade);
  }
}
