package fovea.preprocess.anatomy;

/**
 * A place in the square that is cut out, whatever its size in pixels.
 *
 * @param x share of the edge, from the left
 * @param y share of the edge, from the top
 * @param radius share of the edge; of a fovea, of the dark spot that was looked for
 */
public record Spot(double x, double y, double radius) {}
