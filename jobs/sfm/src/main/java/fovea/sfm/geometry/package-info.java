/** Lenses, rotations, triangulation: plain numbers, pixels of the photograph. */
@NullMarked
package fovea.sfm.geometry;

import org.jspecify.annotations.NullMarked;
