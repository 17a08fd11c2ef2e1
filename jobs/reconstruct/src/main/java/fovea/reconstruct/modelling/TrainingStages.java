package fovea.reconstruct.modelling;

import fovea.splat.train.TrainListener;

/** Training as the stages of a reconstruction hear of it: its steps, and a PSNR without jitter. */
final class TrainingStages implements TrainListener {
  /** Each step sees another photograph: about the last fifty count. */
  private static final double SHARE = 0.02;

  private final Stages stages;
  private final LossCurve curve;
  private double psnr = Double.NaN;

  TrainingStages(Stages stages, LossCurve curve) {
    this.stages = stages;
    this.curve = curve;
  }

  @Override
  public void after(Progress progress) {
    curve.add(progress.iteration(), progress.loss());
    psnr = Double.isNaN(psnr) ? progress.psnr() : psnr + SHARE * (progress.psnr() - psnr);
    stages.psnr(psnr);
    stages.report("training", progress.iteration(), progress.iterations());
  }

  @Override
  public boolean stop() {
    return stages.stop();
  }
}
