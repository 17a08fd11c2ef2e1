/** Findings about groups of patients: in the data, and in what a model makes of it. */
@NullMarked
package fovea.bias;

import org.jspecify.annotations.NullMarked;
