/** Preprocessing of a plain folder of pictures, without platform and without Spark. */
@NullMarked
package fovea.preprocess.standalone;

import org.jspecify.annotations.NullMarked;
