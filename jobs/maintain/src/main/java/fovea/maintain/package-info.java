/** Upkeep of the lake: small files joined, old ones removed, damaged ones named. */
@NullMarked
package fovea.maintain;

import org.jspecify.annotations.NullMarked;
