/** The training report as one self-contained page. */
@NullMarked
package fovea.train.report;

import org.jspecify.annotations.NullMarked;
