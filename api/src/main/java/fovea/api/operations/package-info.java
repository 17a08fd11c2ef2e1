/** What an operator asks for. */
@NullMarked
package fovea.api.operations;

import org.jspecify.annotations.NullMarked;
