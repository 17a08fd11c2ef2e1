/** The job that turns captures into normalised, graded fundus images. */
@NullMarked
package fovea.preprocess;

import org.jspecify.annotations.NullMarked;
