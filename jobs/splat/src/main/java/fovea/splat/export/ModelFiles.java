package fovea.splat.export;

import fovea.contract.model.ModelFormat;
import fovea.splat.model.Splats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** One model in every format: {@code model.ply}, {@code .spz}, {@code .splat}, {@code .glb}. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Writes all of them into a folder.
   *
   * @throws fovea.contract.errors.CallerMistake where a number of the model is not finite
   */
  public static Map<ModelFormat, Path> write(Splats splats, Path folder) throws IOException {
    Checks.finite(splats);
    Map<ModelFormat, Path> files = new EnumMap<>(ModelFormat.class);
    for (ModelFormat format : ModelFormat.values()) {
      Path file = folder.resolve("model." + format.word());
      write(splats, format, file);
      files.put(format, file);
    }
    return files;
  }

  private static void write(Splats splats, ModelFormat format, Path file) throws IOException {
    switch (format) {
      case PLY -> SplatPly.write(splats, file);
      case SPZ -> Spz.write(splats, file);
      case SPLAT -> SplatRows.write(splats, file);
      case GLB -> SplatGlb.write(splats, file);
    }
  }
}
