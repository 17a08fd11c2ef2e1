package fovea.train.loop;

import java.io.Serializable;

/**
 * One pass over the training images.
 *
 * @param epoch from 1
 * @param skippedSteps steps whose loss or gradient was not finite
 * @param leftOut times a trainer came back with values that are not finite and was left out
 */
public record Epoch(
    int epoch,
    double trainLoss,
    double validationLoss,
    double validationAuc,
    double learningRate,
    int skippedSteps,
    int leftOut,
    double seconds)
    implements Serializable {}
