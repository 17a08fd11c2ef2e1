/** What comes in from systems before this one. */
@NullMarked
package fovea.api.legacy;

import org.jspecify.annotations.NullMarked;
