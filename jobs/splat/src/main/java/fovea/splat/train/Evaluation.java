package fovea.splat.train;

import fovea.scene.Picture;
import fovea.splat.model.Splats;
import fovea.splat.render.Rasterizer;
import fovea.splat.render.Workers;

/** Draws views that training never saw and compares them with their photographs. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * One view.
   *
   * @param drawn as drawn
   * @param psnr decibels, of the drawing as it is
   * @param compensated decibels after the gain and offset of each colour that fit best: how much of
   *     the difference is exposure. It looks at the photograph it judges, so {@code psnr} counts
   */
  public record Result(
      TrainingView view, Picture drawn, double psnr, double ssim, double compensated) {}

  /** Draws and compares one view, over the background of training. */
  public static Result of(
      Splats splats,
      TrainingView view,
      TrainSettings settings,
      Rasterizer rasterizer,
      Workers workers) {
    int width = view.camera().width;
    int height = view.camera().height;
    float[] planes = new float[3 * width * height];
    rasterizer.forward(
        splats, splats.degree(), view.camera(), settings.background().planes(), planes);
    byte[] bytes = new byte[planes.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = Math.max(0, Math.min(1, planes[i]));
      bytes[i] = (byte) Math.round(255 * planes[i]);
    }
    ImageLoss.Comparison result =
        new ImageLoss(width, height, workers)
            .compare(planes, view.picture().planes(), new float[planes.length]);
    return new Result(
        view,
        new Picture(width, height, bytes),
        result.psnr(),
        result.ssim(),
        Compensation.psnr(planes, view.picture().planes()));
  }
}
