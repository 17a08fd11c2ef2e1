/** Pictures in and out: header inspection, decoding, encoding, scoped OpenCV matrices. */
@NullMarked
package fovea.imaging;

import org.jspecify.annotations.NullMarked;
