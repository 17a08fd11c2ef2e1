package fovea.train.network;

import java.io.Serializable;

/**
 * What a network took over from another.
 *
 * @param tensors whose name and shape both have
 * @param own tensors the network kept as they were, its classifier for example
 */
public record Taken(int tensors, int own) implements Serializable {}
