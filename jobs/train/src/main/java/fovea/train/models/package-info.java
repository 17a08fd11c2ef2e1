/** What may be done with a trained network: its gate and its card, as pure functions. */
@NullMarked
package fovea.train.models;

import org.jspecify.annotations.NullMarked;
