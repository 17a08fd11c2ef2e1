package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.CLAHE;
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

  @Override
  public Picture apply(Picture picture, Mats mats) {
    Mat split = mats.mat();
    Imgproc.cvtColor(picture.bgr(), split, Imgproc.COLOR_BGR2YCrCb);
    List<Mat> planes = new ArrayList<>();
    Core.split(split, planes);
    planes.forEach(mats::own);
    CLAHE clahe = Imgproc.createCLAHE(clip, new Size(tiles, tiles));
    clahe.apply(planes.get(0), planes.get(0));
    clahe.collectGarbage();
    Core.merge(planes, split);
    Mat equal = mats.mat();
    Imgproc.cvtColor(split, equal, Imgproc.COLOR_YCrCb2BGR);
    return picture.with(equal);
  }
}
