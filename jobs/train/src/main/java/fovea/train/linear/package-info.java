/** Linear models: what is asked of them, and what they are once fitted. */
@NullMarked
package fovea.train.linear;

import org.jspecify.annotations.NullMarked;
