/** Uploads: object keys, image formats, limits, reasons for rejection. */
@NullMarked
package fovea.contract.capture;

import org.jspecify.annotations.NullMarked;
