package fovea.splat.render.cpu;

import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Rasterizer;
import fovea.splat.render.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reference rasteriser. Results do not depend on the number of threads: a slot's gradients are
 * summed within its tile, and a Gaussian's over its slots in a fixed order.
 */
public final class CpuRasterizer implements Rasterizer {
  private static final int PIECE = 256;

  private final Workers workers;
  private final Projected projected = new Projected();
  private final Tiles tiles = new Tiles();
  private final Projection[] projections;
  private final ProjectionGradient[] gradients;
  private final TileKernel[] kernels;
  private final float[][] sums;
  private float[] slotGradients = new float[0];
  private @Nullable Drawing last;

  private record Drawing(Splats splats, int degree, Camera camera, float[] planes) {}

  /** Uses these threads; does not close them. */
  public CpuRasterizer(Workers workers) {
    this(workers, Projection.LEAST_ALPHA);
  }

  // A lower cutoff takes its jumps out of finite differences.
  CpuRasterizer(Workers workers, float leastAlpha) {
    this.workers = workers;
    int n = workers.threads();
    projections = new Projection[n];
    gradients = new ProjectionGradient[n];
    kernels = new TileKernel[n];
    sums = new float[n][TileKernel.GRADIENTS];
    for (int i = 0; i < n; i++) {
      projections[i] = new Projection(leastAlpha);
      gradients[i] = new ProjectionGradient();
      kernels[i] = new TileKernel();
    }
  }

  @Override
  public void forward(
      Splats splats, int activeDegree, Camera camera, float[] background, float[] planes) {
    int degree = Math.min(activeDegree, splats.degree());
    project(splats, degree, camera);
    sort(splats.count(), camera);
    workers.loop(
        across(camera) * down(camera),
        1,
        (from, to, worker) ->
            kernels[worker].forward(projected, tiles, from, camera, background, planes));
    last = new Drawing(splats, degree, camera, planes);
  }

  void project(Splats splats, int degree, Camera camera) {
    projected.reserve(splats.count());
    workers.loop(
        splats.count(),
        PIECE,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            projections[worker].project(splats, degree, camera, i, projected);
          }
        });
  }

  void sort(int count, Camera camera) {
    tiles.fill(projected, count, across(camera), down(camera));
  }

  @Override
  public void backward(float[] planeGradients, Splats out) {
    Drawing drawing = last;
    if (drawing == null) {
      throw new IllegalStateException("backward needs a forward before it");
    }
    if (slotGradients.length < TileKernel.GRADIENTS * tiles.size) {
      slotGradients = new float[TileKernel.GRADIENTS * (tiles.size + tiles.size / 4)];
    }
    Camera camera = drawing.camera();
    workers.loop(
        across(camera) * down(camera),
        1,
        (from, to, worker) ->
            kernels[worker].backward(
                projected, tiles, from, camera, drawing.planes(), planeGradients, slotGradients));
    workers.loop(
        drawing.splats().count(),
        PIECE,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            collect(drawing, i, worker, out);
          }
        });
  }

  private void collect(Drawing drawing, int i, int worker, Splats out) {
    int first = tiles.entries[i];
    int end = tiles.entries[i + 1];
    if (first == end) {
      out.clear(i);
      return;
    }
    float[] sum = sums[worker];
    Arrays.fill(sum, 0);
    for (int entry = first; entry < end; entry++) {
      int at = TileKernel.GRADIENTS * tiles.slots[entry];
      for (int k = 0; k < TileKernel.GRADIENTS; k++) {
        sum[k] += slotGradients[at + k];
      }
    }
    if (isZero(sum)) { // covered by others: half of all Gaussians in a solid object
      out.clear(i);
      return;
    }
    gradients[worker].run(
        drawing.splats(), drawing.degree(), drawing.camera(), i, projected, sum, out);
  }

  private static boolean isZero(float[] sum) {
    for (float value : sum) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** How many (Gaussian, tile) pairs the last drawing had. */
  public int slots() {
    return tiles.size;
  }

  private static int across(Camera camera) {
    return (camera.width + Projection.TILE - 1) / Projection.TILE;
  }

  private static int down(Camera camera) {
    return (camera.height + Projection.TILE - 1) / Projection.TILE;
  }

  @Override
  public void close() {
    last = null;
  }
}
