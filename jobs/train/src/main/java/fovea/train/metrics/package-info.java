/** Figures of binary classification, as pure functions. */
@NullMarked
package fovea.train.metrics;

import org.jspecify.annotations.NullMarked;
