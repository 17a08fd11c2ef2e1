package fovea.train.network;

import ai.djl.nn.Block;
import java.util.function.Supplier;

/**
 * A way to build a network: input N x 3 x edge x edge, output N x 1 logits.
 *
 * @param name on the command line and in tables
 * @param leastEdge smallest input in pixels
 * @param block builds it, without weights
 */
public record Architecture(String name, int leastEdge, Supplier<Block> block) {}
