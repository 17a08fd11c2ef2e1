package fovea.bias.metrics;

import fovea.contract.statistics.Levels;

/** All that metrics need to know of a group. */
public interface Tally {
  /** Labels against predictions. */
  Matrix matrix();

  /** Labels against scores; empty where there are none. */
  Levels levels();
}
