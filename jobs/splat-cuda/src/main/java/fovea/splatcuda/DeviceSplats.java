package fovea.splatcuda;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.train.TrainingView;
import java.util.List;

/** One trainer on the device, from its making to its end; used by one thread at a time. */
final class DeviceSplats implements AutoCloseable {
  /** Numbers of a photograph's exposure: log gain r g b, offset r g b. */
  static final int EXPOSURE = 6;

  private static final int TILE = 16;
  private static final int SLOTS_EACH = 8;

  private final Door door;
  private final SplatLibrary library;
  private final Pointer handle;

  /** What must be known before anything is allocated. */
  record Size(int cap, int degree, int views, long pixels, int tiles, long photoBytes) {

    static Size of(List<TrainingView> views, int cap, int degree) {
      long pixels = 0;
      int tiles = 0;
      long photos = 0;
      for (TrainingView view : views) {
        int width = view.camera().width;
        int height = view.camera().height;
        pixels = Math.max(pixels, (long) width * height);
        tiles = Math.max(tiles, ((width + TILE - 1) / TILE) * ((height + TILE - 1) / TILE));
        photos += 3L * width * height;
      }
      return new Size(cap, degree, views.size(), pixels, tiles, photos);
    }

    /** Bytes on the device when each Gaussian touches about eight tiles. */
    long bytes(Door door) {
      LongByReference bytes = new LongByReference();
      long slots = (long) SLOTS_EACH * cap + TILE * (long) tiles;
      door.require(
          door.functions().bytes(cap, degree, views, pixels, tiles, photoBytes, slots, bytes));
      return bytes.getValue();
    }
  }

  /** What Adam does with Gaussians that a photograph does not show. */
  enum Unseen {
    /** Moves them on as the reference does: they still follow their momentum and regularisation. */
    FOLLOW,
    /** Leaves them as they are, which saves reading them. */
    REST
  }

  /** Allocates on the device and uploads the photographs. */
  DeviceSplats(Door door, Size size, float[] background, Unseen unseen, List<TrainingView> views) {
    this.door = door;
    this.library = door.functions();
    PointerByReference made = new PointerByReference();
    door.require(
        library.create(
            size.cap,
            size.degree,
            size.views,
            size.pixels,
            size.tiles,
            size.photoBytes,
            background,
            unseen == Unseen.REST ? 1 : 0,
            made));
    handle = made.getValue();
    try {
      upload(views);
    } catch (RuntimeException refused) {
      close();
      throw refused;
    }
  }

  private void upload(List<TrainingView> views) {
    for (int i = 0; i < views.size(); i++) {
      Camera c = views.get(i).camera();
      byte[] planes = views.get(i).picture().planes();
      door.require(library.photo(handle, i, numbers(c), c.width, c.height, planes));
    }
  }

  /** Replaces values or moments. */
  void write(int what, Splats s) {
    door.require(
        library.write(
            handle,
            what,
            s.count(),
            s.means,
            s.rotations,
            s.logScales,
            s.logitOpacities,
            s.sh0,
            s.shRest));
  }

  /** Reads into {@code s}, whose count must be the device's. */
  void read(int what, Splats s) {
    door.require(
        library.read(
            handle, what, s.means, s.rotations, s.logScales, s.logitOpacities, s.sh0, s.shRest));
  }

  void step(int view, int degree, int iteration, float[] rule, long noiseSeed) {
    door.require(library.step(handle, view, degree, iteration, rule, noiseSeed));
  }

  void differentiate(int view, int degree, int iteration) {
    door.require(library.differentiate(handle, view, degree, iteration));
  }

  /** Three numbers an iteration: absolute difference, SSIM, squared difference. */
  double[] losses(int from, int count) {
    double[] out = new double[3 * count];
    door.require(library.losses(handle, from, count, out, new IntByReference()));
    return out;
  }

  /** Steps left out so far, because their drawings outgrew their room; makes that room. */
  int leftOut() {
    IntByReference out = new IntByReference();
    door.require(library.losses(handle, 0, 0, new double[1], out));
    return out.getValue();
  }

  /**
   * What a refinement did.
   *
   * @param moved dead Gaussians that were moved
   * @param count Gaussians now
   */
  record Refined(int moved, int count) {}

  Refined refine(long seed) {
    IntByReference moved = new IntByReference();
    IntByReference count = new IntByReference();
    door.require(library.refine(handle, seed, moved, count));
    return new Refined(moved.getValue(), count.getValue());
  }

  float[] render(Camera c, int degree) {
    float[] planes = new float[3 * c.width * c.height];
    door.require(library.render(handle, numbers(c), c.width, c.height, degree, planes));
    return planes;
  }

  /** Reads the photographs' exposures and their moments, six numbers a photograph. */
  void readExposures(List<float[]> parts) {
    door.require(library.exposures(handle, 0, parts.get(0), parts.get(1), parts.get(2)));
  }

  /** Replaces them; they begin at zero, which changes nothing. */
  void writeExposures(List<float[]> parts) {
    door.require(library.exposures(handle, 1, parts.get(0), parts.get(1), parts.get(2)));
  }

  /**
   * What lies on the device.
   *
   * @param slots (Gaussian, tile) pairs of the last drawing
   */
  record Usage(long slots, long bytes) {}

  Usage usage() {
    LongByReference slots = new LongByReference();
    LongByReference bytes = new LongByReference();
    door.require(library.usage(handle, slots, bytes));
    return new Usage(slots.getValue(), bytes.getValue());
  }

  private static float[] numbers(Camera c) {
    float[] out = new float[20];
    System.arraycopy(c.rotation, 0, out, 0, 9);
    System.arraycopy(c.translation, 0, out, 9, 3);
    System.arraycopy(c.centre, 0, out, 12, 3);
    out[15] = c.fx;
    out[16] = c.fy;
    out[17] = c.cx;
    out[18] = c.cy;
    out[19] = c.near;
    return out;
  }

  @Override
  public void close() {
    library.destroy(handle);
  }
}
