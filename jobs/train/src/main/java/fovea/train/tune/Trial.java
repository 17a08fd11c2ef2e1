package fovea.train.tune;

import fovea.train.loop.TrainSettings;
import java.io.Serializable;

/**
 * One training of one configuration.
 *
 * @param number from 0, its partition
 * @param flags that differ from the other configurations
 * @param fold that is its validation part, from 0
 */
public record Trial(int number, String flags, int fold, TrainSettings settings)
    implements Serializable {}
