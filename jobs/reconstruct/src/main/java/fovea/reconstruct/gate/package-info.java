/** Judges a session's photographs before any work is spent on them. Plain Java and OpenCV. */
@org.jspecify.annotations.NullMarked
package fovea.reconstruct.gate;
