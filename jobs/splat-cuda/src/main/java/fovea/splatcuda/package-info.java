/** Training of splats on an NVIDIA device, by a library of our own kernels (src/main/cuda). */
@NullMarked
package fovea.splatcuda;

import org.jspecify.annotations.NullMarked;
