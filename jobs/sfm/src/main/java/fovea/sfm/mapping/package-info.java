/** Photographs joined one by one into a model. */
@NullMarked
package fovea.sfm.mapping;

import org.jspecify.annotations.NullMarked;
