/** A fundus photograph from its bytes to normalised pixels and a grade, in named steps. */
@NullMarked
package fovea.preprocess.fundus;

import org.jspecify.annotations.NullMarked;
