package fovea.scene;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what kind of poses a path holds and reads them. */
public final class PosesReader {
  private static final List<String> MODEL_FOLDERS = List.of("", "sparse/0", "sparse", "0");

  private PosesReader() {}

  /**
   * Reads transforms.json, a COLMAP model folder (text or binary) or a Middlebury {@code
   * *_par.txt}; a folder may hold any of them.
   *
   * @throws CallerMistake where there are none or they are damaged
   */
  public static SparseScene read(Path path, PhotoSet photos) {
    return find(path)
        .map(poses -> readKnown(poses, photos))
        .orElseThrow(() -> needed("There are no poses at " + path));
  }

  /** The poses file or COLMAP folder at or in this path, if any. */
  public static Optional<Path> find(Path path) {
    if (Files.isRegularFile(path)) {
      return Optional.of(path);
    }
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    Path transforms = path.resolve("transforms.json");
    if (Files.isRegularFile(transforms)) {
      return Optional.of(transforms);
    }
    Optional<Path> model =
        MODEL_FOLDERS.stream().map(path::resolve).filter(ColmapModel::isModel).findFirst();
    return model.isPresent() ? model : parFile(path);
  }

  /** What to tell a caller who gave no poses. */
  public static CallerMistake needed(String what) {
    return new CallerMistake(
        "poses-needed",
        what,
        "Poses needed: give --poses with a transforms.json, a COLMAP model folder (cameras, images,"
            + " points3D as .txt or .bin) or a Middlebury *_par.txt");
  }

  private static SparseScene readKnown(Path poses, PhotoSet photos) {
    String name = String.valueOf(poses.getFileName());
    try {
      if (Files.isDirectory(poses)) {
        return ColmapModel.read(poses, photos);
      }
      if (name.endsWith(".json")) {
        return TransformsJson.read(poses, photos);
      }
      if (name.endsWith("_par.txt")) {
        return MiddleburyPar.read(poses, photos);
      }
      Path folder = poses.toAbsolutePath().getParent();
      if (folder != null && name.matches("(cameras|images|points3D)\\.(txt|bin)")) {
        return ColmapModel.read(folder, photos);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + poses, unreadable);
    }
    throw needed(poses + " is no poses file Fovea knows");
  }

  private static Optional<Path> parFile(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith("_par.txt")).sorted().findFirst();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
  }
}
