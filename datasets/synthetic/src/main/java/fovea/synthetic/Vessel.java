package fovea.synthetic;

/**
 * One vessel: a polyline with a width at each point, in field units.
 *
 * @param vein whether it is a vein (wider, darker) or an artery
 */
record Vessel(double[] u, double[] v, double[] width, boolean vein) {}
