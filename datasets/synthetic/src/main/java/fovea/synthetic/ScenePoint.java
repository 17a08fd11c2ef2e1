package fovea.synthetic;

/**
 * A point of the surface.
 *
 * @param position x, y, z in the world
 * @param rgb 0xRRGGBB as it looks
 * @param seenFrom number of the camera that surely sees it
 */
public record ScenePoint(double[] position, int rgb, int seenFrom) {}
