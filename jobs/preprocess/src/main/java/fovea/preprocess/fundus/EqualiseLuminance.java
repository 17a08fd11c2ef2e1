package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/**
 * Contrast-limited adaptive histogram equalisation of the luminance (Y of YCrCb, six times as fast
 * to reach as L*a*b*); hues stay.
 *
 * @param clip limit
 * @param tiles along an edge
 */
record EqualiseLuminance(double clip, int tiles) implements Step {

  @Override
  public String name() {
    return "equalise-luminance";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("clip", clip);
    parameters.put("tiles", tiles);
    return parameters;
  }

  // Y, Cr and Cb to blue, green and red: a change of Y alone changes all three by the same.
  @Override
  public Picture apply(Picture picture, Mats mats) {
    Mat before = mats.mat();
    Imgproc.cvtColor(picture.bgr(), before, Imgproc.COLOR_BGR2GRAY);
    Mat after = Clahe.of(before, clip, tiles, mats);
    Mat brighter = mats.mat();
    Core.subtract(after, before, brighter);
    Core.subtract(before, after, before);
    Mat equal = mats.mat();
    Core.add(picture.bgr(), Channels.thrice(brighter, mats), equal);
    Core.subtract(equal, Channels.thrice(before, mats), equal);
    return picture.with(equal);
  }
}
