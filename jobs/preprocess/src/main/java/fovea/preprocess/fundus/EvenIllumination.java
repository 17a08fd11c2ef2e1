package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.MaskedBlur;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Takes the local average from every pixel, strengthens what is left and puts it on middle grey (B.
 * Graham, Kaggle diabetic retinopathy detection, 2015). The average is taken at reduced scale - it
 * has nothing finer - and inside the mask only; outside is middle grey.
 *
 * @param gain strength of what is left
 * @param sigma reach of the average as a share of the edge
 * @param reduction by which the scale is reduced for the average; 1 for none
 */
record EvenIllumination(double gain, double sigma, int reduction) implements Step {
  private static final double MIDDLE_GREY = 128;

  @Override
  public String name() {
    return "even-illumination";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("gain", gain);
    parameters.put("sigma", sigma);
    parameters.put("reduction", reduction);
    return parameters;
  }

  @Override
  public Picture apply(Picture picture, Mats mats) {
    Mat mask = picture.mask(mats);
    Mat offset = offset(picture.bgr(), mask, mats);
    // Whole numbers of 16 bits: half a grey level at most is lost, half the time is won.
    Mat even = mats.mat();
    picture.bgr().convertTo(even, CvType.CV_16S, gain);
    Mat eight = mats.mat();
    Core.add(even, offset, even);
    even.convertTo(eight, CvType.CV_8U);
    Mat outside = mats.mat();
    Core.bitwise_not(mask, outside);
    mats.own(eight.setTo(Scalar.all(MIDDLE_GREY), outside));
    return picture.with(eight);
  }

  // Middle grey less the strengthened local average.
  private Mat offset(Mat bgr, Mat mask, Mats mats) {
    int edge = Math.max(1, bgr.cols() / reduction);
    Size reduced = new Size(edge, edge);
    Mat small = Field.scaled(bgr, edge, mats);
    Mat smallMask = mats.mat();
    Imgproc.resize(mask, smallMask, reduced, 0, 0, Imgproc.INTER_NEAREST);
    Mat local = MaskedBlur.of(small, smallMask, sigma * edge, mats);
    Mat offset = mats.mat();
    local.convertTo(offset, CvType.CV_16S, -gain, MIDDLE_GREY);
    Mat whole = mats.mat();
    Imgproc.resize(offset, whole, bgr.size(), 0, 0, Imgproc.INTER_LINEAR);
    return whole;
  }
}
