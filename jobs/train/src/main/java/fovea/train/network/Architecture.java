package fovea.train.network;

import java.util.function.IntFunction;

/**
 * A way to build a network: input N x 3 x edge x edge, output N x outputs logits.
 *
 * @param name on the command line and in tables
 * @param leastEdge smallest input in pixels
 * @param description builds it for a number of outputs, without values
 */
public record Architecture(String name, int leastEdge, IntFunction<Description> description) {}
