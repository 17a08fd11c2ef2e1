/** What every route needs: bodies read, answers and errors written. */
@NullMarked
package fovea.api.http;

import org.jspecify.annotations.NullMarked;
