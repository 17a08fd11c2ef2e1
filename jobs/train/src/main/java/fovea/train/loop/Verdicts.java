package fovea.train.loop;

import fovea.train.metrics.Evaluation;
import java.io.Serializable;

/** A trained network's figures, at the threshold that the validation part fixed. */
public record Verdicts(Evaluation validation, Evaluation test) implements Serializable {}
