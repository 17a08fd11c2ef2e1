/** Intervals and tests by resampling patients, over counts of patients alike. Plain Java. */
@NullMarked
package fovea.bias.inference;

import org.jspecify.annotations.NullMarked;
