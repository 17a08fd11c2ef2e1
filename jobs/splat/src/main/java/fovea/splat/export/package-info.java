/** Files of splats. */
@NullMarked
package fovea.splat.export;

import org.jspecify.annotations.NullMarked;
