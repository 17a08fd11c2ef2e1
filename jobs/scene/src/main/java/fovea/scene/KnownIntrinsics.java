package fovea.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cameras known without poses. */
public final class KnownIntrinsics {
  private final List<Intrinsics> cameras;

  private KnownIntrinsics(List<Intrinsics> cameras) {
    this.cameras = List.copyOf(cameras);
  }

  /** Nothing is known. */
  public static KnownIntrinsics none() {
    return new KnownIntrinsics(List.of());
  }

  /** These, one for each size of photographs. */
  public static KnownIntrinsics of(List<Intrinsics> cameras) {
    return new KnownIntrinsics(cameras);
  }

  /**
   * Those of a cameras.txt or cameras.bin (COLMAP's) in a folder, if any.
   *
   * @throws fovea.contract.errors.CallerMistake where the file is damaged
   */
  public static KnownIntrinsics beside(Path folder) {
    try {
      for (String name : List.of("cameras.bin", "cameras.txt")) {
        if (Files.isRegularFile(folder.resolve(name))) {
          return new KnownIntrinsics(ColmapModel.cameras(folder, name));
        }
      }
      return none();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the cameras in " + folder, unreadable);
    }
  }

  /**
   * The camera of a photograph, at its size: the only one of that size, else the only one of that
   * shape; a photograph may have been resized as a whole.
   */
  public Optional<Intrinsics> of(Photo photo) {
    List<Intrinsics> alike =
        cameras.stream()
            .filter(c -> c.width() == photo.width() && c.height() == photo.height())
            .toList();
    List<Intrinsics> candidates = new ArrayList<>(alike);
    if (alike.isEmpty()) {
      cameras.stream().filter(c -> c.hasShapeOf(photo)).forEach(candidates::add);
    }
    return candidates.size() == 1
        ? Optional.of(candidates.get(0).resized(photo.width(), photo.height()))
        : Optional.empty();
  }
}
