package fovea.contract.model;

import java.util.Locale;

/** File formats of 3D models. */
public enum ModelFormat {
  /** INRIA's splat PLY. */
  PLY("application/octet-stream"),
  /** Niantic's compressed splats. */
  SPZ("application/octet-stream"),
  /** antimatter15's 32-byte splats. */
  SPLAT("application/octet-stream"),
  /** Binary glTF with KHR_gaussian_splatting. */
  GLB("model/gltf-binary");

  private final String mediaType;

  ModelFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The media type it is served with. */
  public String mediaType() {
    return mediaType;
  }

  /** Lower-case name: also the file extension. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
