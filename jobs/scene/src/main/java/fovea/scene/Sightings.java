package fovea.scene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small copies of some views: what colour does a point have in each of them? */
final class Sightings {
  private static final int MOST_VIEWS = 32;
  private static final int LONGEST = 256;

  /** Values (of 255) by which a pixel may differ from the background and still belong to it. */
  private static final int BACKGROUND_TOLERANCE = 14;

  private static final double BORDER_AGREEMENT = 0.6;

  private final List<Eye> eyes = new ArrayList<>();
  private final boolean plainBackground;

  /** One view: rotation, translation, camera, pixels, colour of its border. */
  private record Eye(
      double[] r, Pose pose, Intrinsics camera, Picture picture, int[] border, boolean plain) {}

  Sightings(List<View> views) throws IOException {
    int count = Math.min(MOST_VIEWS, views.size());
    for (int i = 0; i < count; i++) {
      View view = views.get((int) ((long) i * views.size() / count));
      Picture picture = PictureReader.undistorted(view, LONGEST);
      int[] border = border(picture);
      eyes.add(
          new Eye(
              view.pose().rotation(),
              view.pose(),
              PictureReader.camera(view, LONGEST),
              picture,
              border,
              isPlain(picture, border)));
    }
    plainBackground = eyes.stream().filter(Eye::plain).count() > 0.8 * count;
  }

  int views() {
    return eyes.size();
  }

  /** Whether nearly all photographs have a border of one colour: an object before a backdrop. */
  boolean plainBackground() {
    return plainBackground;
  }

  /**
   * The colour of a point in a view as 0xRRGGBB, or -1 outside the picture.
   *
   * @param eye 0 to {@link #views} - 1
   */
  int colour(int eye, double x, double y, double z) {
    Eye e = eyes.get(eye);
    double[] r = e.r();
    double depth = r[6] * x + r[7] * y + r[8] * z + e.pose().tz();
    if (depth <= 0) {
      return -1;
    }
    double u = (r[0] * x + r[1] * y + r[2] * z + e.pose().tx()) / depth * e.camera().fx();
    double v = (r[3] * x + r[4] * y + r[5] * z + e.pose().ty()) / depth * e.camera().fy();
    int px = (int) Math.floor(u + e.camera().cx());
    int py = (int) Math.floor(v + e.camera().cy());
    Picture p = e.picture();
    if (px < 0 || py < 0 || px >= p.width() || py >= p.height()) {
      return -1;
    }
    return p.value(0, px, py) << 16 | p.value(1, px, py) << 8 | p.value(2, px, py);
  }

  /** Whether a colour of {@link #colour} is that of the view's border. */
  boolean isBackground(int eye, int colour) {
    return near(colour, eyes.get(eye).border());
  }

  private static boolean near(int colour, int[] border) {
    return Math.abs((colour >> 16) - border[0]) <= BACKGROUND_TOLERANCE
        && Math.abs((colour >> 8 & 0xff) - border[1]) <= BACKGROUND_TOLERANCE
        && Math.abs((colour & 0xff) - border[2]) <= BACKGROUND_TOLERANCE;
  }

  private static int[] border(Picture p) {
    int[] median = new int[3];
    for (int plane = 0; plane < 3; plane++) {
      int[] values = new int[2 * p.width() + 2 * p.height()];
      int n = 0;
      for (int x = 0; x < p.width(); x++) {
        values[n++] = p.value(plane, x, 0);
        values[n++] = p.value(plane, x, p.height() - 1);
      }
      for (int y = 0; y < p.height(); y++) {
        values[n++] = p.value(plane, 0, y);
        values[n++] = p.value(plane, p.width() - 1, y);
      }
      Arrays.sort(values);
      median[plane] = values[n / 2];
    }
    return median;
  }

  private static boolean isPlain(Picture p, int[] border) {
    int same = 0;
    int all = 0;
    for (int y = 0; y < p.height(); y++) {
      boolean edge = y == 0 || y == p.height() - 1;
      for (int x = 0; x < p.width(); x += edge ? 1 : Math.max(1, p.width() - 1)) {
        int colour = p.value(0, x, y) << 16 | p.value(1, x, y) << 8 | p.value(2, x, y);
        same += near(colour, border) ? 1 : 0;
        all++;
      }
    }
    return same > BORDER_AGREEMENT * all;
  }
}
