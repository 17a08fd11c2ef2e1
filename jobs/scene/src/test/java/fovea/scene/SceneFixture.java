package fovea.scene;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Photographs that need no file where only names and sizes matter. */
final class SceneFixture {
  private SceneFixture() {}

  static PhotoSet photos(int count, int width, int height) {
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      photos.add(new Photo("p" + i + ".png", Path.of("p" + i + ".png"), width, height));
    }
    return new PhotoSet(photos, List.of());
  }
}
