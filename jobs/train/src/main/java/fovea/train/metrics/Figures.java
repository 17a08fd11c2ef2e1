package fovea.train.metrics;

import fovea.contract.statistics.DeLong;
import fovea.contract.statistics.Interval;
import fovea.train.data.Objective;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a network tells some images.
 *
 * @param auc area under the ROC curve, with DeLong's interval by patients
 * @param averagePrecision area under the precision-recall curve
 * @param confusion at the threshold, with Wilson's intervals by patients of its two rates
 * @param grades null where no grade was asked
 */
public record Figures(
    long images,
    long patients,
    double auc,
    Interval aucInterval,
    double averagePrecision,
    Confusion confusion,
    Interval sensitivityInterval,
    Interval specificityInterval,
    Calibration calibration,
    @Nullable GradeMatrix grades)
    implements Serializable {

  static Figures of(List<Scored> answers, double threshold) {
    Roc roc = Roc.of(answers);
    boolean graded = answers.stream().noneMatch(a -> a.saidGrade() == Objective.NO_GRADE);
    return new Figures(
        answers.size(),
        answers.stream().map(a -> a.subject().patient()).distinct().count(),
        roc.area(),
        Interval.logit(
            roc.area(),
            DeLong.deviation(answers.stream().map(Scored::answer).toList()),
            Interval.Z95),
        roc.averagePrecision(),
        Confusion.at(threshold, answers),
        Proportion.of(
                answers.stream().filter(Scored::positive).toList(), a -> a.score() >= threshold)
            .interval(),
        Proportion.of(
                answers.stream().filter(a -> !a.positive()).toList(), a -> a.score() < threshold)
            .interval(),
        Calibration.of(answers),
        graded ? GradeMatrix.of(answers) : null);
  }
}
