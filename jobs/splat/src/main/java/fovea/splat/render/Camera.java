package fovea.splat.render;

import fovea.scene.Intrinsics;
import fovea.scene.Pose;

/** A pinhole camera ready for rendering; pixel centres lie at (x + 0.5, y + 0.5). */
public final class Camera {
  /** Pixels across. */
  public final int width;

  /** Pixels down. */
  public final int height;

  /** Focal length along x, pixels. */
  public final float fx;

  /** Focal length along y, pixels. */
  public final float fy;

  /** Principal point, x. */
  public final float cx;

  /** Principal point, y. */
  public final float cy;

  /** Gaussians nearer than this depth are not drawn. */
  public final float near;

  /** World to camera, row-major 3x3. */
  public final float[] rotation = new float[9];

  /** World to camera. */
  public final float[] translation;

  /** Where it stands, world coordinates. */
  public final float[] centre = new float[3];

  /** A camera without distortion. */
  public Camera(Intrinsics intrinsics, Pose pose, double near) {
    width = intrinsics.width();
    height = intrinsics.height();
    fx = (float) intrinsics.fx();
    fy = (float) intrinsics.fy();
    cx = (float) intrinsics.cx();
    cy = (float) intrinsics.cy();
    this.near = (float) near;
    translation = new float[] {(float) pose.tx(), (float) pose.ty(), (float) pose.tz()};
    double[] r = pose.rotation();
    double[] c = pose.centre();
    for (int i = 0; i < 9; i++) {
      rotation[i] = (float) r[i];
    }
    for (int i = 0; i < 3; i++) {
      centre[i] = (float) c[i];
    }
  }
}
