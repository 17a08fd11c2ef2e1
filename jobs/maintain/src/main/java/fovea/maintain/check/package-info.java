/** What is wrong with a data file, and the list of all such faults; plain Java. */
@NullMarked
package fovea.maintain.check;

import org.jspecify.annotations.NullMarked;
