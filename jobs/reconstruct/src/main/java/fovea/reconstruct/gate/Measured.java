package fovea.reconstruct.gate;

import org.opencv.core.Mat;
import org.opencv.core.MatOfKeyPoint;

/**
 * A photograph's figures and what it is matched by; the matrices belong to the caller's scope.
 *
 * @param small 16 x 16 luminance with its mean taken off, CV_32F: which photographs look alike
 * @param points where its features lie, in pixels of the measured size
 * @param descriptors one row a feature, 128 x CV_32F
 */
record Measured(
    String name,
    double sharpness,
    double brightest,
    double burnt,
    Mat small,
    MatOfKeyPoint points,
    Mat descriptors) {
  int features() {
    return descriptors.rows();
  }
}
