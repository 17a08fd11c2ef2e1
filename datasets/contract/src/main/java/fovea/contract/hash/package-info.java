/** What tells contents apart. */
@NullMarked
package fovea.contract.hash;

import org.jspecify.annotations.NullMarked;
