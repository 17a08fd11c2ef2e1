package fovea.splat.render.cpu;

import fovea.splat.render.Camera;
import java.util.Arrays;

/**
 * Blends the Gaussians of one tile, front to back, and differentiates that. Gaussians are the outer
 * loop: a row of pixels inside the cutoff ellipse is found by solving for its ends, so that no
 * pixel outside is looked at. One object serves one thread.
 *
 * <p>Along a row sigma is a parabola, so alpha is a product of ratios that themselves shrink by one
 * factor a pixel: two exponentials a row and two products a pixel, instead of an exponential each.
 * Over 16 pixels that loses 1e-5 of alpha at most.
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
  private static final float STEEPEST = 40;
  private static final float LEAST_TRANSMITTANCE = 1e-4f;

  // Floats a pixel while drawing: transmittance (negative where the pixel is finished), r, g, b.
  // One array of all: a row of a Gaussian is short, and every further array costs a check a row.
  private static final int DRAWN = 4;

  // While differentiating: transmittance, dLoss/d(r, g, b), the product of those with the final
  // colour, and with what is in front.
  private static final int DIFFERENTIATED = 6;
  private static final int WHOLE = 4;
  private static final int FRONT = 5;

  private final float[] state = new float[DIFFERENTIATED * PIXELS];
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
        int p = DRAWN * ((y - top) * TILE + x - left);
        float behind = Math.abs(state[p]);
        int at = y * camera.width + x;
        out[at] = state[p + 1] + behind * background[0];
        out[plane + at] = state[p + 2] + behind * background[1];
        out[2 * plane + at] = state[p + 3] + behind * background[2];
      }
    }
  }

  private void begin() {
    Arrays.fill(state, 0, DRAWN * PIXELS, 0);
    for (int p = 0; p < DRAWN * PIXELS; p += DRAWN) {
      state[p] = 1;
    }
  }

  private void blend(float[] packed, int at, int left, int top, int right, int bottom) {
    float[] pixels = state;
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
    float shrink = packed[at + Projected.SHRINK];
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
      if (x0 > x1) {
        continue;
      }
      int first = DRAWN * ((y - top) * TILE + x0 - left);
      int last = first + DRAWN * (x1 - x0);
      float dx = x0 - mx;
      float raw = opacity * Exponential.of(-(dx * (halfA * dx + bdy) + 0.5f * cdy));
      float ratio = Exponential.of(clamped(-(a * dx + halfA + bdy)));
      for (int p = first; p <= last; p += DRAWN, raw *= ratio, ratio *= shrink) {
        float t = pixels[p];
        if (t < 0) {
          continue;
        }
        float alpha = raw > MOST_ALPHA ? MOST_ALPHA : raw; // Math.min minds NaN: twice as slow
        float next = t * (1 - alpha);
        if (next < LEAST_TRANSMITTANCE) {
          pixels[p] = -t;
          live--;
          continue;
        }
        float weight = alpha * t;
        pixels[p] = next;
        pixels[p + 1] += weight * r;
        pixels[p + 2] += weight * g;
        pixels[p + 3] += weight * bl;
      }
    }
  }

  // The step to a pixel beyond the ellipse may be steep; it is never drawn.
  private static float clamped(float power) {
    return power < -STEEPEST ? -STEEPEST : power > STEEPEST ? STEEPEST : power;
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

  private void load(
      Camera camera, int left, int top, int right, int bottom, float[] image, float[] d) {
    int plane = camera.width * camera.height;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int p = DIFFERENTIATED * ((y - top) * TILE + x - left);
        int at = y * camera.width + x;
        state[p] = 1;
        state[p + 1] = d[at];
        state[p + 2] = d[plane + at];
        state[p + 3] = d[2 * plane + at];
        state[p + FRONT] = 0;
        state[p + WHOLE] =
            d[at] * image[at]
                + d[plane + at] * image[plane + at]
                + d[2 * plane + at] * image[2 * plane + at];
      }
    }
  }

  private void differentiate(
      float[] packed, int at, int left, int top, int right, int bottom, float[] out, int to) {
    float[] pixels = state;
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
    float shrink = packed[at + Projected.SHRINK];
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
      if (x0 > x1) {
        continue;
      }
      int first = DIFFERENTIATED * ((y - top) * TILE + x0 - left);
      int last = first + DIFFERENTIATED * (x1 - x0);
      float dx = x0 - mx;
      float raw = opacity * Exponential.of(-(dx * (halfA * dx + bdy) + 0.5f * cdy));
      float ratio = Exponential.of(clamped(-(a * dx + halfA + bdy)));
      float r0 = 0;
      float r1 = 0;
      float r2 = 0;
      for (int p = first; p <= last; p += DIFFERENTIATED, raw *= ratio, ratio *= shrink, dx += 1) {
        float t = pixels[p];
        if (t < 0) {
          continue;
        }
        float alpha = raw > MOST_ALPHA ? MOST_ALPHA : raw;
        float through = 1 - alpha;
        float next = t * through;
        if (next < LEAST_TRANSMITTANCE) {
          pixels[p] = -t;
          live--;
          continue;
        }
        float weight = alpha * t;
        float toRed = pixels[p + 1];
        float toGreen = pixels[p + 2];
        float toBlue = pixels[p + 3];
        float colour = toRed * r + toGreen * g + toBlue * bl;
        float before = pixels[p + FRONT] + weight * colour;
        dRed += weight * toRed;
        dGreen += weight * toGreen;
        dBlue += weight * toBlue;
        pixels[p] = next;
        pixels[p + FRONT] = before;
        // A clamped alpha does not move with sigma.
        float dSigma =
            raw > MOST_ALPHA ? 0 : alpha * ((pixels[p + WHOLE] - before) / through - t * colour);
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
