package fovea.scene;

import java.nio.file.Path;

/**
 * A photograph on disk, known by its header.
 *
 * @param name its file name: what poses refer to
 * @param width pixels, as stored (an EXIF rotation is not applied: poses refer to stored pixels)
 */
public record Photo(String name, Path file, int width, int height) {}
