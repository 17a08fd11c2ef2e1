/** One folder of photographs to one model and its report; plain Java. */
@NullMarked
package fovea.reconstruct.modelling;

import org.jspecify.annotations.NullMarked;
