package fovea.splat.render.cpu;

import fovea.splat.model.Harmonics;
import fovea.splat.model.Quaternions;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;

/**
 * From world to image plane: EWA splatting (Zwicker et al. 2001) as in Kerbl et al. 2023. One
 * object serves one thread.
 */
final class Projection {
  /** Added to the diagonal of the image covariance: every Gaussian covers about a pixel. */
  static final float BLUR = 0.3f;

  /** Least visible alpha. */
  static final float LEAST_ALPHA = 1 / 255f;

  /** How far outside the image, in half images, the perspective is still linearised in place. */
  static final float MARGIN = 0.3f;

  static final int TILE = 16;

  private final float leastAlpha;

  Projection(float leastAlpha) {
    this.leastAlpha = leastAlpha;
  }

  final float[] rotation = new float[9]; // of the Gaussian
  final float[] spread = new float[9]; // M = rotation * diag(scales)
  final float[] jacobian = new float[6]; // J W: world to pixels, 2x3
  final float[] footprint = new float[6]; // U = J W M, 2x3; covariance U U' + blur
  final float[] basis = new float[16];
  final float[] scales = new float[3];
  float tx;
  float ty;
  float tz;
  float slopeX; // x/z, held inside the margin
  float slopeY;

  /** Projects one Gaussian, or hides it. */
  void project(Splats splats, int degree, Camera camera, int i, Projected out) {
    if (!toCamera(splats.means, 3 * i, camera)) {
      out.hide(i);
      return;
    }
    float opacity = splats.opacity(i);
    float cutoff = (float) Math.log(opacity / leastAlpha);
    if (!(cutoff > 0)) {
      out.hide(i);
      return;
    }
    footprint(splats, camera, i);
    float[] u = footprint;
    float xx = u[0] * u[0] + u[1] * u[1] + u[2] * u[2] + BLUR;
    float xy = u[0] * u[3] + u[1] * u[4] + u[2] * u[5];
    float yy = u[3] * u[3] + u[4] * u[4] + u[5] * u[5] + BLUR;
    float determinant = xx * yy - xy * xy;
    float x = camera.fx * tx / tz + camera.cx;
    float y = camera.fy * ty / tz + camera.cy;
    float halfWidth = (float) Math.sqrt(2 * cutoff * xx);
    float halfHeight = (float) Math.sqrt(2 * cutoff * yy);
    if (!(determinant > 0) || !Float.isFinite(x + y + halfWidth + halfHeight)) {
      out.hide(i);
      return;
    }
    box(camera, x, y, halfWidth, halfHeight, 4 * i, out.boxes);
    if (out.hidden(i)) {
      return;
    }
    int at = Projected.STRIDE * i;
    out.depths[i] = tz;
    out.packed[at + Projected.X] = x;
    out.packed[at + Projected.Y] = y;
    out.packed[at + Projected.A] = yy / determinant;
    out.packed[at + Projected.B] = -xy / determinant;
    out.packed[at + Projected.C] = xx / determinant;
    out.packed[at + Projected.SHRINK] = (float) Math.exp(-yy / determinant);
    out.packed[at + Projected.OPACITY] = opacity;
    out.packed[at + Projected.CUTOFF] = cutoff;
    out.packed[at + Projected.HALF_HEIGHT] = halfHeight;
    colour(splats, degree, camera, i, out.packed, at + Projected.RED);
  }

  /** Camera coordinates; false where nearer than the near plane. */
  boolean toCamera(float[] means, int at, Camera camera) {
    float[] r = camera.rotation;
    float x = means[at];
    float y = means[at + 1];
    float z = means[at + 2];
    tx = r[0] * x + r[1] * y + r[2] * z + camera.translation[0];
    ty = r[3] * x + r[4] * y + r[5] * z + camera.translation[1];
    tz = r[6] * x + r[7] * y + r[8] * z + camera.translation[2];
    return tz > camera.near;
  }

  /** Fills rotation, scales, spread, jacobian and footprint; after {@link #toCamera}. */
  void footprint(Splats splats, Camera camera, int i) {
    Quaternions.matrix(splats.rotations, 4 * i, rotation);
    for (int k = 0; k < 3; k++) {
      scales[k] = (float) Math.exp(splats.logScales[3 * i + k]);
    }
    for (int k = 0; k < 9; k++) {
      spread[k] = rotation[k] * scales[k % 3];
    }
    float marginX = MARGIN * camera.width / (2 * camera.fx);
    float marginY = MARGIN * camera.height / (2 * camera.fy);
    slopeX =
        clamp(
            tx / tz,
            -camera.cx / camera.fx - marginX,
            (camera.width - camera.cx) / camera.fx + marginX);
    slopeY =
        clamp(
            ty / tz,
            -camera.cy / camera.fy - marginY,
            (camera.height - camera.cy) / camera.fy + marginY);
    float jx = camera.fx / tz;
    float jy = camera.fy / tz;
    float[] w = camera.rotation;
    for (int k = 0; k < 3; k++) {
      jacobian[k] = jx * (w[k] - slopeX * w[6 + k]);
      jacobian[3 + k] = jy * (w[3 + k] - slopeY * w[6 + k]);
    }
    for (int k = 0; k < 3; k++) {
      footprint[k] =
          jacobian[0] * spread[k] + jacobian[1] * spread[3 + k] + jacobian[2] * spread[6 + k];
      footprint[3 + k] =
          jacobian[3] * spread[k] + jacobian[4] * spread[3 + k] + jacobian[5] * spread[6 + k];
    }
  }

  private void colour(Splats splats, int degree, Camera camera, int i, float[] out, int at) {
    float dx = splats.means[3 * i] - camera.centre[0];
    float dy = splats.means[3 * i + 1] - camera.centre[1];
    float dz = splats.means[3 * i + 2] - camera.centre[2];
    float s = (float) (1 / Math.sqrt(dx * dx + dy * dy + dz * dz));
    Harmonics.basis(degree, dx * s, dy * s, dz * s, basis);
    int functions = (degree + 1) * (degree + 1);
    int rest = splats.restSize() * i;
    for (int c = 0; c < 3; c++) {
      float value = 0.5f + basis[0] * splats.sh0[3 * i + c];
      for (int k = 1; k < functions; k++) {
        value += basis[k] * splats.shRest[rest + 3 * (k - 1) + c];
      }
      out[at + c] = Math.max(0, value);
    }
  }

  private static void box(
      Camera camera, float x, float y, float halfWidth, float halfHeight, int at, int[] boxes) {
    int across = (camera.width + TILE - 1) / TILE;
    int down = (camera.height + TILE - 1) / TILE;
    boxes[at] = (int) clamp((float) Math.floor((x - halfWidth) / TILE), 0, across);
    boxes[at + 1] = (int) clamp((float) Math.floor((x + halfWidth) / TILE) + 1, 0, across);
    boxes[at + 2] = (int) clamp((float) Math.floor((y - halfHeight) / TILE), 0, down);
    boxes[at + 3] = (int) clamp((float) Math.floor((y + halfHeight) / TILE) + 1, 0, down);
  }

  static float clamp(float value, float least, float most) {
    return Math.max(least, Math.min(most, value));
  }
}
