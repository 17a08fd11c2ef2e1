/** Networks as TorchScript modules that Java writes, their files, and the engine under them. */
@NullMarked
package fovea.train.network;

import org.jspecify.annotations.NullMarked;
