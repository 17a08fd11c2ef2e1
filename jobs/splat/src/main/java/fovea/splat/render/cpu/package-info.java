/** The reference rasteriser: tiled, multi-threaded, plain Java. */
@NullMarked
package fovea.splat.render.cpu;

import org.jspecify.annotations.NullMarked;
