package fovea.lake;

/**
 * What a VACUUM removed: files of no version that may still be read.
 *
 * @param files how many
 * @param bytes how large together
 */
public record Sweep(long files, long bytes) {}
