/** DICOM photographs: headers within limits, pixels as they are, attributes from an allow-list. */
@NullMarked
package fovea.imaging.dicom;

import org.jspecify.annotations.NullMarked;
