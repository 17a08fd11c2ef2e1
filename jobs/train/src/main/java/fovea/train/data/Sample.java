package fovea.train.data;

/**
 * One labelled picture, small enough to hold thousands.
 *
 * @param id the image
 * @param label 1 referable, 0 not
 * @param rgb edge x edge x 3 bytes, row by row, red first
 */
public record Sample(String id, Part part, int label, byte[] rgb) {}
