package fovea.imaging.dicom;

/**
 * A DICOM object that holds one photograph within the limits.
 *
 * @param width in pixels
 * @param height in pixels
 * @param components samples a pixel as stored
 * @param bits of a sample that count
 */
public record DicomPhotograph(
    DicomAttributes attributes, int width, int height, int components, int bits, Pixels pixels) {}
