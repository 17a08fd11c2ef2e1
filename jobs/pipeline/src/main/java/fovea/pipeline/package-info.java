/** The order of the stages and the command line. */
@NullMarked
package fovea.pipeline;

import org.jspecify.annotations.NullMarked;
