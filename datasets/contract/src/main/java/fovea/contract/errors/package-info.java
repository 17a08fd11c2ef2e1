/** The two kinds of error: the caller's and ours. */
@NullMarked
package fovea.contract.errors;

import org.jspecify.annotations.NullMarked;
