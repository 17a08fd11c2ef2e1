package fovea.train.loop;

import fovea.train.metrics.Roc;
import java.io.Serializable;

/**
 * A network's figures after an epoch.
 *
 * @param loss weighted mean over the validation part
 */
public record Reading(double loss, double auc) implements Serializable {

  static Reading of(Judge.Verdict verdict) {
    return new Reading(verdict.loss(), Roc.of(verdict.answers()).area());
  }
}
