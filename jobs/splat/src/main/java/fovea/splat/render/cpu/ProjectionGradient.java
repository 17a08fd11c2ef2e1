package fovea.splat.render.cpu;

import fovea.splat.model.Harmonics;
import fovea.splat.model.Quaternions;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;

/** The way back through {@link Projection}: from image-plane gradients to parameters. */
final class ProjectionGradient {
  private final Projection forward = new Projection(Projection.LEAST_ALPHA);
  private final float[] world = new float[3];
  private final float[] direction = new float[3];
  private final float[] dBasis = new float[16];
  private final float[] dFootprint = new float[6];
  private final float[] dJacobian = new float[6];
  private final float[] dRotation = new float[9];

  /**
   * Writes the gradients of one Gaussian.
   *
   * @param g the sums of {@link TileKernel}: x, y, a, b, c, sigma, red, green, blue
   */
  void run(
      Splats splats, int degree, Camera camera, int i, Projected projected, float[] g, Splats out) {
    int at = Projected.STRIDE * i;
    forward.toCamera(splats.means, 3 * i, camera);
    forward.footprint(splats, camera, i);
    world[0] = 0;
    world[1] = 0;
    world[2] = 0;
    colour(splats, degree, camera, i, projected.packed, at + Projected.RED, g, out);
    // alpha = opacity e^-sigma, so dL/dopacity = -sum(dL/dsigma) / opacity.
    out.logitOpacities[i] = -g[5] * (1 - projected.packed[at + Projected.OPACITY]);
    covariance(projected.packed, at, g);
    spread(splats, i, out);
    position(camera, g);
    for (int k = 0; k < 3; k++) {
      out.means[3 * i + k] = world[k];
    }
  }

  private void colour(
      Splats splats,
      int degree,
      Camera camera,
      int i,
      float[] colours,
      int at,
      float[] g,
      Splats out) {
    float dx = splats.means[3 * i] - camera.centre[0];
    float dy = splats.means[3 * i + 1] - camera.centre[1];
    float dz = splats.means[3 * i + 2] - camera.centre[2];
    float s = (float) (1 / Math.sqrt(dx * dx + dy * dy + dz * dz));
    float x = dx * s;
    float y = dy * s;
    float z = dz * s;
    float[] basis = forward.basis;
    Harmonics.basis(degree, x, y, z, basis);
    int functions = (degree + 1) * (degree + 1);
    int rest = splats.restSize() * i;
    java.util.Arrays.fill(out.shRest, rest, rest + splats.restSize(), 0);
    java.util.Arrays.fill(dBasis, 0, functions, 0);
    for (int c = 0; c < 3; c++) {
      float gradient = colours[at + c] > 0 ? g[6 + c] : 0;
      out.sh0[3 * i + c] = basis[0] * gradient;
      for (int k = 1; k < functions; k++) {
        int coefficient = rest + 3 * (k - 1) + c;
        out.shRest[coefficient] = basis[k] * gradient;
        dBasis[k] += splats.shRest[coefficient] * gradient;
      }
    }
    direction[0] = 0;
    direction[1] = 0;
    direction[2] = 0;
    Harmonics.gradient(degree, x, y, z, dBasis, direction);
    float along = direction[0] * x + direction[1] * y + direction[2] * z;
    world[0] += (direction[0] - along * x) * s;
    world[1] += (direction[1] - along * y) * s;
    world[2] += (direction[2] - along * z) * s;
  }

  // K = covariance^-1: dL/dcovariance = -K dL/dK K; covariance = U U' + blur.
  private void covariance(float[] packed, int at, float[] g) {
    float a = packed[at + Projected.A];
    float b = packed[at + Projected.B];
    float c = packed[at + Projected.C];
    float xx = -(a * a * g[2] + a * b * g[3] + b * b * g[4]);
    float xy = -(2 * a * b * g[2] + (a * c + b * b) * g[3] + 2 * b * c * g[4]);
    float yy = -(b * b * g[2] + b * c * g[3] + c * c * g[4]);
    float[] u = forward.footprint;
    for (int k = 0; k < 3; k++) {
      dFootprint[k] = 2 * xx * u[k] + xy * u[3 + k];
      dFootprint[3 + k] = 2 * yy * u[3 + k] + xy * u[k];
    }
  }

  // U = (J W) M with M = R diag(s).
  private void spread(Splats splats, int i, Splats out) {
    float[] jw = forward.jacobian;
    float[] m = forward.spread;
    for (int axis = 0; axis < 3; axis++) {
      float dScale = 0;
      for (int row = 0; row < 3; row++) {
        float d = jw[row] * dFootprint[axis] + jw[3 + row] * dFootprint[3 + axis];
        dScale += d * m[3 * row + axis];
        dRotation[3 * row + axis] = d * forward.scales[axis];
      }
      out.logScales[3 * i + axis] = dScale;
    }
    Quaternions.gradient(splats.rotations, 4 * i, dRotation, out.rotations);
    for (int k = 0; k < 3; k++) {
      float x = 0;
      float y = 0;
      for (int axis = 0; axis < 3; axis++) {
        x += dFootprint[axis] * m[3 * k + axis];
        y += dFootprint[3 + axis] * m[3 * k + axis];
      }
      dJacobian[k] = x;
      dJacobian[3 + k] = y;
    }
  }

  // Row 0 of J W is fx/z (w0 - slopeX w2), row 1 likewise: by slope and by 1/z.
  private void position(Camera camera, float[] g) {
    float[] w = camera.rotation;
    float z = forward.tz;
    float x0 = dot(dJacobian, 0, w, 0);
    float x2 = dot(dJacobian, 0, w, 6);
    float y1 = dot(dJacobian, 3, w, 3);
    float y2 = dot(dJacobian, 3, w, 6);
    float jx = camera.fx / z;
    float jy = camera.fy / z;
    float slopeX = forward.tx / z;
    float slopeY = forward.ty / z;
    float freeX = slopeX == forward.slopeX ? 1 : 0;
    float freeY = slopeY == forward.slopeY ? 1 : 0;
    float dSlopeX = jx * z * g[0] - freeX * jx * x2;
    float dSlopeY = jy * z * g[1] - freeY * jy * y2;
    float dx = dSlopeX / z;
    float dy = dSlopeY / z;
    float dz =
        -(dSlopeX * slopeX + dSlopeY * slopeY) / z
            - jx / z * (x0 - forward.slopeX * x2)
            - jy / z * (y1 - forward.slopeY * y2);
    for (int k = 0; k < 3; k++) {
      world[k] += w[k] * dx + w[3 + k] * dy + w[6 + k] * dz;
    }
  }

  private static float dot(float[] a, int atA, float[] b, int atB) {
    return a[atA] * b[atB] + a[atA + 1] * b[atB + 1] + a[atA + 2] * b[atB + 2];
  }
}
