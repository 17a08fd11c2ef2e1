/** Bundle adjustment in plain arrays. */
@NullMarked
package fovea.sfm.bundle;

import org.jspecify.annotations.NullMarked;
