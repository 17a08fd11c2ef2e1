/** Reports for people (HTML) and programs (JSON). Plain Java. */
@NullMarked
package fovea.bias.report;

import org.jspecify.annotations.NullMarked;
