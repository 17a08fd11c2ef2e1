package fovea.splat.render;

import fovea.splat.model.Splats;

/**
 * Draws splats and differentiates the drawing. Planes: red, green, blue, each height rows of width
 * floats. One caller at a time.
 */
public interface Rasterizer extends AutoCloseable {

  /**
   * Draws.
   *
   * @param activeDegree degree of the spherical harmonics to use, at most the splats' own
   * @param background r g b, 0 to 1
   * @param planes 3 * width * height floats out
   */
  void forward(Splats splats, int activeDegree, Camera camera, float[] background, float[] planes);

  /**
   * Differentiates the last {@link #forward}, whose arguments must be unchanged.
   *
   * @param planeGradients dLoss/dPlanes
   * @param gradients dLoss/dSplats out, every Gaussian overwritten
   */
  void backward(float[] planeGradients, Splats gradients);

  @Override
  void close();
}
