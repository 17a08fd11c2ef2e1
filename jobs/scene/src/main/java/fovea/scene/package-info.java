/** Photos, cameras, poses and sparse points, and the files they come in. */
@NullMarked
package fovea.scene;

import org.jspecify.annotations.NullMarked;
