package fovea.train.network;

/**
 * A tensor on its way through a network: N x channels x height x width, or N x channels.
 *
 * @param name of the variable in the module's code
 */
record Flow(String name, int channels) {}
