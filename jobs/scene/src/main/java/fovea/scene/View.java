package fovea.scene;

/**
 * A photograph and the camera that took it. Pixels are read when asked for: {@link
 * PictureReader#undistorted}.
 *
 * @param intrinsics of exactly this photograph's size
 */
public record View(Photo photo, Intrinsics intrinsics, Pose pose) {

  /** The photograph's name. */
  public String name() {
    return photo.name();
  }
}
