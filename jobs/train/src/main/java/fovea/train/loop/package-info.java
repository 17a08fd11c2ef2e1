/** The training loop: settings in, a trained network with its history and figures out. */
@NullMarked
package fovea.train.loop;

import org.jspecify.annotations.NullMarked;
