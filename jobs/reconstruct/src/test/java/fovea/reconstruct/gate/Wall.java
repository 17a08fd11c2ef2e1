package fovea.reconstruct.gate;

import fovea.imaging.Mats;
import java.util.Random;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** A long painted wall, photographed step by step. */
final class Wall {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;
  private static final int STEP = 120;
  private static final int LENGTH = 20;
  private static final int STROKES = 9000;

  private final byte[] painted = new byte[3 * HEIGHT * (WIDTH + STEP * LENGTH)];

  Wall(long seed) {
    try (Mats mats = new Mats()) {
      Mat wall = mats.own(new Mat(HEIGHT, WIDTH + STEP * LENGTH, CvType.CV_8UC3));
      wall.setTo(new Scalar(90, 90, 90));
      Random random = new Random(seed);
      for (int i = 0; i < STROKES; i++) {
        Point at = new Point(random.nextInt(wall.cols()), random.nextInt(HEIGHT));
        double light = 30 + random.nextInt(170);
        Scalar colour = new Scalar(light, light * random.nextDouble(0.5, 1), light);
        Imgproc.circle(wall, at, 1 + random.nextInt(9), colour, -1);
      }
      wall.get(0, 0, painted);
    }
  }

  /** Three quarters of each photograph are on the next one. */
  Photo photo(String name, int place) {
    try (Mats mats = new Mats()) {
      Mat wall = mats.own(new Mat(HEIGHT, WIDTH + STEP * LENGTH, CvType.CV_8UC3));
      wall.put(0, 0, painted);
      return Photo.of(name, mats.own(new Mat(wall, new Rect(place * STEP, 0, WIDTH, HEIGHT))));
    }
  }

  /** A file and what may go wrong with it. */
  record Photo(String name, byte[] content) implements SessionGate.Source {
    private static Photo of(String name, Mat picture) {
      try (Mats mats = new Mats()) {
        MatOfByte bytes = mats.own(new MatOfByte());
        Imgcodecs.imencode(".png", picture, bytes);
        return new Photo(name, bytes.toArray());
      }
    }

    Photo blurred(double sigma) {
      return changed((from, to) -> Imgproc.GaussianBlur(from, to, new Size(0, 0), sigma));
    }

    Photo exposed(double factor) {
      return changed((from, to) -> from.convertTo(to, -1, factor));
    }

    Photo noisy(double deviation) {
      return changed(
          (from, to) -> {
            Mat noise = new Mat(from.size(), from.type());
            Core.randn(noise, 0, deviation);
            Core.add(from, noise, to);
            noise.release();
          });
    }

    private Photo changed(Change change) {
      try (Mats mats = new Mats()) {
        Mat from =
            mats.own(Imgcodecs.imdecode(mats.own(new MatOfByte(content)), Imgcodecs.IMREAD_COLOR));
        Mat to = mats.mat();
        change.apply(from, to);
        return of(name, to);
      }
    }

    private interface Change {
      void apply(Mat from, Mat to);
    }
  }
}
