/** Who calls: sign-in, tokens, and the check before every route. */
@NullMarked
package fovea.api.identity;

import org.jspecify.annotations.NullMarked;
