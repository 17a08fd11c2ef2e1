package fovea.preprocess.anatomy;

import fovea.imaging.Mats;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Rect;

/** The darkest spot without vessels where the fovea of a disc lies, on its left or right. */
final class FoveaSearch {
  private FoveaSearch() {}

  /**
   * In pixels of the half-size study.
   *
   * @param score how far it stands above the average darkness; 1 is one spread
   */
  record Dark(double x, double y, double score) {}

  static Dark find(Mat darkness, double discX, double discY, boolean toTheLeft, Mats mats) {
    double middle = discX + (toTheLeft ? -DiscSearch.TO_FOVEA : DiscSearch.TO_FOVEA);
    int left = (int) Math.round(middle) - DiscSearch.WINDOW_ACROSS / 2;
    int top = (int) Math.round(discY) + DiscSearch.BELOW - DiscSearch.WINDOW_DOWN / 2;
    Rect window = new Rect(left, top, DiscSearch.WINDOW_ACROSS, DiscSearch.WINDOW_DOWN);
    Rect whole = new Rect(0, 0, darkness.cols(), darkness.rows());
    Rect seen = common(window, whole);
    if (seen.width <= 0 || seen.height <= 0) {
      return new Dark(middle, discY, 0);
    }
    Core.MinMaxLocResult best = Core.minMaxLoc(mats.own(darkness.submat(seen)));
    Point at = best.maxLoc;
    return new Dark(seen.x + at.x, seen.y + at.y, best.maxVal);
  }

  private static Rect common(Rect a, Rect b) {
    int left = Math.max(a.x, b.x);
    int top = Math.max(a.y, b.y);
    int right = Math.min(a.x + a.width, b.x + b.width);
    int bottom = Math.min(a.y + a.height, b.y + b.height);
    return new Rect(left, top, right - left, bottom - top);
  }
}
