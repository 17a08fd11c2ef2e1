package fovea.train.loop;

import fovea.train.data.Normalisation;
import fovea.train.metrics.Evaluation;
import java.io.Serializable;
import java.util.List;

/**
 * A trained network.
 *
 * @param values weights of the best epoch, see {@link fovea.train.network.Network#values()}
 * @param weights how many values training moved
 * @param bestEpoch the one with the greatest validation AUC, of equals the least loss
 * @param resumedAfter epochs that an interrupted run before had done; 0 where there was none
 * @param imagesPerSecond training images, augmentation included
 * @param exchanged bytes that go to the trainers and back between two averages; 0 of one alone
 */
public record Trained(
    float[] values,
    long weights,
    Normalisation normalisation,
    List<Epoch> history,
    int bestEpoch,
    int resumedAfter,
    Evaluation validation,
    Evaluation test,
    double imagesPerSecond,
    long exchanged)
    implements Serializable {}
