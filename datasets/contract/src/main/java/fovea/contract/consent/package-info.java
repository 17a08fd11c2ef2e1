/** What patients allow, and what follows where nothing is recorded. */
@NullMarked
package fovea.contract.consent;

import org.jspecify.annotations.NullMarked;
