package fovea.train.loop;

import fovea.train.data.Objective;

/** The losses as their papers write them, in doubles and loops: the judge of the engine's. */
final class PlainLoss {
  private PlainLoss() {}

  /** The weighted mean; logits and targets are rows of outputs. */
  static double of(Loss loss, double[][] logits, float[][] targets, float[][] weights) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum +=
          loss.objective() == Objective.GRADES
              ? choice(loss, logits[i], targets[i], weights[i])
              : questions(loss, logits[i], targets[i], weights[i]);
    }
    return sum / logits.length;
  }

  private static double questions(Loss loss, double[] logits, float[] targets, float[] weights) {
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      double p = 1 / (1 + Math.exp(-logits[k]));
      double wanted = targets[k] * (1 - loss.smoothing()) + loss.smoothing() / 2;
      sum -= weights[k] * wanted * Math.pow(1 - p, loss.gamma()) * Math.log(p);
      sum -= weights[k] * (1 - wanted) * Math.pow(p, loss.gamma()) * Math.log(1 - p);
    }
    return sum;
  }

  private static double choice(Loss loss, double[] logits, float[] targets, float[] weights) {
    double all = 0;
    for (double logit : logits) {
      all += Math.exp(logit);
    }
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      double p = Math.exp(logits[k]) / all;
      double wanted = targets[k] * (1 - loss.smoothing()) + loss.smoothing() / logits.length;
      sum -= weights[k] * wanted * Math.pow(1 - p, loss.gamma()) * Math.log(p);
    }
    return sum;
  }
}
