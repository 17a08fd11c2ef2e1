package fovea.contract.model;

import java.util.Locale;

/** File formats of 3D models. */
public enum ModelFormat {
  /** INRIA's splat PLY. */
  PLY("application/octet-stream", "every number, for further work"),
  /** Niantic's compressed splats. */
  SPZ("application/octet-stream", "packed, for viewers that know SPZ"),
  /** antimatter15's 32-byte splats. */
  SPLAT("application/octet-stream", "colour from one side only, for simple viewers"),
  /** Binary glTF with KHR_gaussian_splatting. */
  GLB("model/gltf-binary", "glTF with KHR_gaussian_splatting");

  private final String mediaType;
  private final String help;

  ModelFormat(String mediaType, String help) {
    this.mediaType = mediaType;
    this.help = help;
  }

  /** The media type it is served with. */
  public String mediaType() {
    return mediaType;
  }

  /** What it is for, in a few words. */
  public String help() {
    return help;
  }

  /** Lower-case name: also the file extension. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
