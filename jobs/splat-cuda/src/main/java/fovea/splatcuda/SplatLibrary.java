package fovea.splatcuda;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;

/** The functions of {@code fovea_splat.h}, each without its prefix; see there. */
interface SplatLibrary extends Library {
  /** What the library's version must be. */
  int VERSION = 1;

  int VALUES = 0;
  int FIRST_MOMENTS = 1;
  int SECOND_MOMENTS = 2;
  int GRADIENTS = 3;

  /** Most losses the device keeps. */
  int LOSSES = 256;

  int NO_DEVICE = 2;
  int NO_MEMORY = 3;

  int version();

  String error();

  int probe(byte[] name, int size, LongByReference freeBytes);

  int bytes(
      int cap,
      int degree,
      int views,
      long mostPixels,
      int mostTiles,
      long photoBytes,
      long slots,
      LongByReference bytes);

  int create(
      int cap,
      int degree,
      int views,
      long mostPixels,
      int mostTiles,
      long photoBytes,
      float[] background,
      int visibleOnly,
      PointerByReference trainer);

  int photo(Pointer trainer, int view, float[] camera, int width, int height, byte[] planes);

  int write(
      Pointer trainer,
      int what,
      int count,
      float[] means,
      float[] rotations,
      float[] logScales,
      float[] logits,
      float[] sh0,
      float[] shRest);

  int read(
      Pointer trainer,
      int what,
      float[] means,
      float[] rotations,
      float[] logScales,
      float[] logits,
      float[] sh0,
      float[] shRest);

  int step(Pointer trainer, int view, int degree, int iteration, float[] rule, long noiseSeed);

  int differentiate(Pointer trainer, int view, int degree, int iteration);

  int losses(Pointer trainer, int from, int count, double[] losses, IntByReference leftOut);

  int refine(Pointer trainer, long seed, IntByReference moved, IntByReference count);

  int render(Pointer trainer, float[] camera, int width, int height, int degree, float[] planes);

  int exposures(Pointer trainer, int write, float[] values, float[] first, float[] second);

  int usage(Pointer trainer, LongByReference slots, LongByReference bytes);

  void destroy(Pointer trainer);

  /** From {@code jna.library.path} or the class path; an UnsatisfiedLinkError where it is not. */
  static SplatLibrary load() {
    return load("fovea_splat");
  }

  /** From a file. */
  static SplatLibrary load(Path file) {
    return load(file.toAbsolutePath().toString());
  }

  private static SplatLibrary load(String nameOrFile) {
    return Native.load(
        nameOrFile,
        SplatLibrary.class,
        Map.of(
            Library.OPTION_FUNCTION_MAPPER,
            (com.sun.jna.FunctionMapper)
                (library, method) -> "fovea_splat_" + ((Method) method).getName()));
  }
}
