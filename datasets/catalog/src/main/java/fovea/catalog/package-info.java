/** Importers that bring public data sets in through the API's own uploads. */
@NullMarked
package fovea.catalog;

import org.jspecify.annotations.NullMarked;
