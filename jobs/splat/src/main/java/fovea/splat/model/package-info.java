/** What a Gaussian-splat model is made of. */
@NullMarked
package fovea.splat.model;

import org.jspecify.annotations.NullMarked;
