/** Refractive error in power-vector notation. */
@NullMarked
package fovea.contract.refraction;

import org.jspecify.annotations.NullMarked;
