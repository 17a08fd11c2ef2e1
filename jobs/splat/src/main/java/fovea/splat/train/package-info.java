/** Fitting of splats to photographs. */
@NullMarked
package fovea.splat.train;

import org.jspecify.annotations.NullMarked;
