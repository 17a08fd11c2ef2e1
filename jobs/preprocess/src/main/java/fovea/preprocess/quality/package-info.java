/** How good a fundus photograph is: four scores, one grade, one reason. */
@NullMarked
package fovea.preprocess.quality;

import org.jspecify.annotations.NullMarked;
