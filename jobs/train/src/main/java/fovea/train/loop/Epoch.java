package fovea.train.loop;

import java.io.Serializable;

/**
 * One pass over the training images.
 *
 * @param epoch from 1
 * @param skippedSteps steps whose loss or gradient was not finite
 */
public record Epoch(
    int epoch,
    double trainLoss,
    double validationLoss,
    double validationAuc,
    double learningRate,
    int skippedSteps,
    double seconds)
    implements Serializable {}
