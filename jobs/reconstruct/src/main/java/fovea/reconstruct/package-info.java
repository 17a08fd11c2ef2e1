/** Photo sessions to 3D models: the platform's job, and the same without the platform. */
@NullMarked
package fovea.reconstruct;

import org.jspecify.annotations.NullMarked;
