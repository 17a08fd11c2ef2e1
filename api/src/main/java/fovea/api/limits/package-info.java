/** How much a caller may ask for, and what looks like too much. */
@NullMarked
package fovea.api.limits;

import org.jspecify.annotations.NullMarked;
