/** What every job stands on: context, report, progress line, Spark sessions. */
@NullMarked
package fovea.runtime;

import org.jspecify.annotations.NullMarked;
