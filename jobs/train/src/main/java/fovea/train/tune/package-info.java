/** Which configurations are tried, and how they did. */
@NullMarked
package fovea.train.tune;

import org.jspecify.annotations.NullMarked;
