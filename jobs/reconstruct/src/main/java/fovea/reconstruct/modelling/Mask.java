package fovea.reconstruct.modelling;

/** What of the photographs is not the object. */
public enum Mask {
  /** Everything is to be modelled. */
  NONE,
  /** A dark or plain background is not: it becomes the colour behind the Gaussians. */
  PLAIN
}
