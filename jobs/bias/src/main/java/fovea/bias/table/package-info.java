/** Reads a table of predictions from a CSV file, one pass, bounded memory. Plain Java. */
@NullMarked
package fovea.bias.table;

import org.jspecify.annotations.NullMarked;
