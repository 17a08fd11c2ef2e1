/** Whether scores are probabilities: reliability curves and recalibration by group. Plain Java. */
@NullMarked
package fovea.bias.calibration;

import org.jspecify.annotations.NullMarked;
