package fovea.imaging;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** Says whether libraries were found without a search, and adds one and two with them. */
final class FoundLibrariesMain {
  private FoundLibrariesMain() {}

  public static void main(String[] arguments) {
    boolean found = FoundLibraries.load();
    try (Mats mats = new Mats()) {
      Mat one = mats.own(new Mat(1, 1, CvType.CV_64FC1, new Scalar(1)));
      Mat sum = mats.mat();
      Core.add(one, new Scalar(2), sum);
      System.out.println(found + " " + sum.get(0, 0)[0]);
    }
  }
}
