package fovea.bias.calibration;

import fovea.bias.metrics.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * One step of a reliability curve.
 *
 * @param from scores from here
 * @param to up to here, left out except where it is 1
 * @param score their mean; null where the bin is empty or withheld
 * @param share of positives among them, with Wilson's interval; too few or undefined without rows
 */
public record Bin(double from, double to, @Nullable Double score, Estimate share) {}
