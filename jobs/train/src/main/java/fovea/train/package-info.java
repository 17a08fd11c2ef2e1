/** The jobs {@code train} and {@code predict}: the only package of this stage that knows Spark. */
@NullMarked
package fovea.train;

import org.jspecify.annotations.NullMarked;
