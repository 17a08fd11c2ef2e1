package fovea.scene;

import java.util.List;
import java.util.Optional;

/**
 * The photographs of a session.
 *
 * @param photos readable ones, in name order
 * @param skipped unreadable ones, with the reason
 */
public record PhotoSet(List<Photo> photos, List<Skipped> skipped) {

  /** A file that is no usable photograph. */
  public record Skipped(String name, String reason) {}

  /** Copies the lists. */
  public PhotoSet {
    photos = List.copyOf(photos);
    skipped = List.copyOf(skipped);
  }

  /**
   * The photograph a poses file refers to: by the last part of the path, else by the name without
   * its extension (Blender's transforms leave it out).
   */
  public Optional<Photo> find(String reference) {
    String name = lastPart(reference);
    Optional<Photo> exact = photos.stream().filter(p -> p.name().equals(name)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    List<Photo> alike =
        photos.stream()
            .filter(p -> stem(p.name()).equals(name) || stem(name).equals(stem(p.name())))
            .toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static String lastPart(String reference) {
    String path = reference.replace('\\', '/');
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
