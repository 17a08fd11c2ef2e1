/** What can be done about a gap: weights for training, thresholds by group. Plain Java. */
@NullMarked
package fovea.bias.mitigate;

import org.jspecify.annotations.NullMarked;
