/** Words for patients as research sees them. */
@NullMarked
package fovea.contract.cohort;

import org.jspecify.annotations.NullMarked;
