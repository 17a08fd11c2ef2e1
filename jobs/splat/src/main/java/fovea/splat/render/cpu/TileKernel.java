package fovea.splat.render.cpu;

import fovea.splat.render.Camera;
import java.util.Arrays;

/**
 * Blends the Gaussians of one tile, front to back, and differentiates that. Gaussians are the outer
 * loop: a row of pixels inside the cutoff ellipse is found by solving for its ends, so that no
 * pixel outside is looked at. One object serves one thread.
 *
 * <p>Backwards runs front to back again: what lies behind a Gaussian is the final colour less what
 * is in front, so neither a list per pixel nor a division of transmittances is needed.
 */
final class TileKernel {
  /** Gradients kept for each slot: x, y, a, b, c, sigma, red, green, blue. */
  static final int GRADIENTS = 9;

  private static final int TILE = Projection.TILE;
  private static final int PIXELS = TILE * TILE;
  private static final float MOST_ALPHA = 0.99f;
  private static final float LEAST_TRANSMITTANCE = 1e-4f;

  // A negative transmittance marks a pixel that is finished.
  private final float[] transmittance = new float[PIXELS];
  private final float[] red = new float[PIXELS];
  private final float[] green = new float[PIXELS];
  private final float[] blue = new float[PIXELS];
  private final float[] front = new float[PIXELS];
  private final float[] whole = new float[PIXELS];
  private int live;

  void forward(
      Projected projected, Tiles tiles, int tile, Camera camera, float[] background, float[] out) {
    begin();
    int across = (camera.width + TILE - 1) / TILE;
    int left = tile % across * TILE;
    int top = tile / across * TILE;
    live = Math.min(TILE, camera.width - left) * Math.min(TILE, camera.height - top);
    for (int slot = tiles.starts[tile]; slot < tiles.starts[tile + 1] && live > 0; slot++) {
      blend(
          projected.packed,
          Projected.STRIDE * tiles.gaussians[slot],
          left,
          top,
          Math.min(camera.width, left + TILE),
          Math.min(camera.height, top + TILE));
    }
    int plane = camera.width * camera.height;
    for (int y = top; y < Math.min(camera.height, top + TILE); y++) {
      for (int x = left; x < Math.min(camera.width, left + TILE); x++) {
        int p = (y - top) * TILE + x - left;
        float behind = Math.abs(transmittance[p]);
        int at = y * camera.width + x;
        out[at] = red[p] + behind * background[0];
        out[plane + at] = green[p] + behind * background[1];
        out[2 * plane + at] = blue[p] + behind * background[2];
      }
    }
  }

  private void begin() {
    Arrays.fill(transmittance, 1);
    Arrays.fill(red, 0);
    Arrays.fill(green, 0);
    Arrays.fill(blue, 0);
  }

  private void blend(float[] packed, int at, int left, int top, int right, int bottom) {
    float mx = packed[at + Projected.X] - 0.5f;
    float my = packed[at + Projected.Y] - 0.5f;
    float a = packed[at + Projected.A];
    float b = packed[at + Projected.B];
    float c = packed[at + Projected.C];
    float opacity = packed[at + Projected.OPACITY];
    float twice = 2 * packed[at + Projected.CUTOFF];
    float half = packed[at + Projected.HALF_HEIGHT];
    float r = packed[at + Projected.RED];
    float g = packed[at + Projected.RED + 1];
    float bl = packed[at + Projected.RED + 2];
    float halfA = 0.5f * a;
    float inverseA = 1 / a;
    int y1 = Math.min(bottom - 1, (int) Math.floor(my + half));
    for (int y = Math.max(top, (int) Math.ceil(my - half)); y <= y1; y++) {
      float dy = y - my;
      float bdy = b * dy;
      float cdy = c * dy * dy;
      float discriminant = bdy * bdy - a * (cdy - twice);
      if (discriminant <= 0) {
        continue;
      }
      float root = (float) Math.sqrt(discriminant);
      int x0 = Math.max(left, (int) Math.ceil(mx - (bdy + root) * inverseA));
      int x1 = Math.min(right - 1, (int) Math.floor(mx + (root - bdy) * inverseA));
      int p = (y - top) * TILE + x0 - left;
      float constant = 0.5f * cdy;
      for (int x = x0; x <= x1; x++, p++) {
        float t = transmittance[p];
        if (t < 0) {
          continue;
        }
        float dx = x - mx;
        float sigma = dx * (halfA * dx + bdy) + constant;
        float raw = opacity * Exponential.ofNegative(sigma);
        float alpha = raw > MOST_ALPHA ? MOST_ALPHA : raw; // Math.min minds NaN: twice as slow
        float next = t * (1 - alpha);
        if (next < LEAST_TRANSMITTANCE) {
          transmittance[p] = -t;
          live--;
          continue;
        }
        float weight = alpha * t;
        red[p] += weight * r;
        green[p] += weight * g;
        blue[p] += weight * bl;
        transmittance[p] = next;
      }
    }
  }

  /**
   * Gradients of every slot of the tile.
   *
   * @param image what {@link #forward} drew
   * @param d dLoss/dImage
   * @param out {@link #GRADIENTS} floats a slot, overwritten
   */
  void backward(
      Projected projected,
      Tiles tiles,
      int tile,
      Camera camera,
      float[] image,
      float[] d,
      float[] out) {
    int across = (camera.width + TILE - 1) / TILE;
    int left = tile % across * TILE;
    int top = tile / across * TILE;
    int right = Math.min(camera.width, left + TILE);
    int bottom = Math.min(camera.height, top + TILE);
    load(camera, left, top, right, bottom, image, d);
    live = (right - left) * (bottom - top);
    int slot = tiles.starts[tile];
    for (; slot < tiles.starts[tile + 1] && live > 0; slot++) {
      int at = Projected.STRIDE * tiles.gaussians[slot];
      differentiate(projected.packed, at, left, top, right, bottom, out, GRADIENTS * slot);
    }
    Arrays.fill(out, GRADIENTS * slot, GRADIENTS * tiles.starts[tile + 1], 0);
  }

  // red, green, blue now hold dLoss/dPixel; whole is its product with the final colour.
  private void load(
      Camera camera, int left, int top, int right, int bottom, float[] image, float[] d) {
    int plane = camera.width * camera.height;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int p = (y - top) * TILE + x - left;
        int at = y * camera.width + x;
        transmittance[p] = 1;
        front[p] = 0;
        red[p] = d[at];
        green[p] = d[plane + at];
        blue[p] = d[2 * plane + at];
        whole[p] =
            d[at] * image[at]
                + d[plane + at] * image[plane + at]
                + d[2 * plane + at] * image[2 * plane + at];
      }
    }
  }

  private void differentiate(
      float[] packed, int at, int left, int top, int right, int bottom, float[] out, int to) {
    float mx = packed[at + Projected.X] - 0.5f;
    float my = packed[at + Projected.Y] - 0.5f;
    float a = packed[at + Projected.A];
    float b = packed[at + Projected.B];
    float c = packed[at + Projected.C];
    float opacity = packed[at + Projected.OPACITY];
    float twice = 2 * packed[at + Projected.CUTOFF];
    float half = packed[at + Projected.HALF_HEIGHT];
    float r = packed[at + Projected.RED];
    float g = packed[at + Projected.RED + 1];
    float bl = packed[at + Projected.RED + 2];
    float halfA = 0.5f * a;
    float inverseA = 1 / a;
    float dRed = 0;
    float dGreen = 0;
    float dBlue = 0;
    // Moments of dLoss/dsigma about the centre.
    float s0 = 0;
    float sx = 0;
    float sy = 0;
    float sxx = 0;
    float sxy = 0;
    float syy = 0;
    int y1 = Math.min(bottom - 1, (int) Math.floor(my + half));
    for (int y = Math.max(top, (int) Math.ceil(my - half)); y <= y1; y++) {
      float dy = y - my;
      float bdy = b * dy;
      float cdy = c * dy * dy;
      float discriminant = bdy * bdy - a * (cdy - twice);
      if (discriminant <= 0) {
        continue;
      }
      float root = (float) Math.sqrt(discriminant);
      int x0 = Math.max(left, (int) Math.ceil(mx - (bdy + root) * inverseA));
      int x1 = Math.min(right - 1, (int) Math.floor(mx + (root - bdy) * inverseA));
      int p = (y - top) * TILE + x0 - left;
      float constant = 0.5f * cdy;
      float r0 = 0;
      float r1 = 0;
      float r2 = 0;
      for (int x = x0; x <= x1; x++, p++) {
        float t = transmittance[p];
        if (t < 0) {
          continue;
        }
        float dx = x - mx;
        float sigma = dx * (halfA * dx + bdy) + constant;
        float raw = opacity * Exponential.ofNegative(sigma);
        float alpha = raw > MOST_ALPHA ? MOST_ALPHA : raw;
        float through = 1 - alpha;
        float next = t * through;
        if (next < LEAST_TRANSMITTANCE) {
          transmittance[p] = -t;
          live--;
          continue;
        }
        float weight = alpha * t;
        float colour = red[p] * r + green[p] * g + blue[p] * bl;
        float before = front[p] + weight * colour;
        dRed += weight * red[p];
        dGreen += weight * green[p];
        dBlue += weight * blue[p];
        front[p] = before;
        transmittance[p] = next;
        // A clamped alpha does not move with sigma.
        float dSigma = raw > MOST_ALPHA ? 0 : alpha * ((whole[p] - before) / through - t * colour);
        float m1 = dSigma * dx;
        r0 += dSigma;
        r1 += m1;
        r2 += m1 * dx;
      }
      s0 += r0;
      sx += r1;
      sy += r0 * dy;
      sxx += r2;
      sxy += r1 * dy;
      syy += r0 * dy * dy;
    }
    out[to] = -(a * sx + b * sy);
    out[to + 1] = -(b * sx + c * sy);
    out[to + 2] = 0.5f * sxx;
    out[to + 3] = sxy;
    out[to + 4] = 0.5f * syy;
    out[to + 5] = s0;
    out[to + 6] = dRed;
    out[to + 7] = dGreen;
    out[to + 8] = dBlue;
  }
}
