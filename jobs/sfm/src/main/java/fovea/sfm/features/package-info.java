/** Points of photographs and which of them are the same. */
@NullMarked
package fovea.sfm.features;

import org.jspecify.annotations.NullMarked;
