/** Where the retina lies in a photograph: the round field of view, found and cut out. */
@NullMarked
package fovea.preprocess.field;

import org.jspecify.annotations.NullMarked;
