/** How content comes in: past the API, into the object store. */
@NullMarked
package fovea.api.uploads;

import org.jspecify.annotations.NullMarked;
