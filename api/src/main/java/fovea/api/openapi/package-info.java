/** The document of the API, written from the table of routes. */
@NullMarked
package fovea.api.openapi;

import org.jspecify.annotations.NullMarked;
