/** Fairness metrics in Fairlearn's words, over sufficient statistics. Plain Java. */
@NullMarked
package fovea.bias.metrics;

import org.jspecify.annotations.NullMarked;
