/** Poses from photographs alone. */
@NullMarked
package fovea.sfm;

import org.jspecify.annotations.NullMarked;
