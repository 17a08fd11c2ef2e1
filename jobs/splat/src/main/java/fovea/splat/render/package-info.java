/** Rendering of splats, forwards and backwards: the doors a device implements. */
@NullMarked
package fovea.splat.render;

import org.jspecify.annotations.NullMarked;
