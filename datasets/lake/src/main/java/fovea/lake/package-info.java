/** The Delta tables, one class a table. */
@NullMarked
package fovea.lake;

import org.jspecify.annotations.NullMarked;
