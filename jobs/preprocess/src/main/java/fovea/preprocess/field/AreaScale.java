package fovea.preprocess.field;

import fovea.imaging.Mats;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Scaling down by area in fixed point: each pixel is the mean of those it covers, as OpenCV's
 * {@code INTER_AREA} has it in reals, within two grey levels and at a quarter of the time. Shares
 * are counted in 256ths, so that four channels are weighed in one multiplication of 64 bits.
 */
final class AreaScale {
  private static final int CHANNELS = 3;
  // Rows made at a time: what they are made of stays in the processor's cache.
  private static final int BAND = 32;
  // Eight bytes are read where fewer are left, and pixels without a share beyond the last; OpenCV
  // wants whole pixels.
  private static final int SLACK = 9;
  private static final long LOW = 0x00ff00ff00ff00ffL;
  private static final int OUTER = 0x00ff00ff;
  private static final long HALF = 0x0080008000800080L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int edge;
  private final int stride;
  private final Shares across;
  private final Shares down;
  private final byte[] column;

  private AreaScale(int columns, Shares across, Shares down) {
    this.edge = across.start().length;
    this.stride = CHANNELS * columns;
    this.across = across;
    this.down = down;
    this.column = new byte[stride + Shares.GROUP * CHANNELS + SLACK];
  }

  /**
   * A square of a picture made smaller.
   *
   * @param picture 8-bit colour
   * @param left where the square begins, less than a pixel from the picture's edge
   * @param top the same
   * @param side of the square in pixels; what lies beyond the picture is left out
   * @param edge of the result in pixels, less than the side and at least a sixteenth of it
   */
  static Mat scaled(Mat picture, double left, double top, double side, int edge, Mats mats) {
    Mat scaled = mats.own(new Mat(edge, edge, CvType.CV_8UC3));
    Shares across = Shares.of(left, side, picture.cols(), edge);
    Shares down = Shares.of(top, side, picture.rows(), edge);
    new AreaScale(picture.cols(), across, down).into(scaled, picture, mats);
    return scaled;
  }

  private void into(Mat scaled, Mat picture, Mats mats) {
    int rows = 0;
    for (int top = 0; top < edge; top += BAND) {
      rows = Math.max(rows, last(top) - down.start()[top]);
    }
    byte[] source = new byte[(rows + Shares.GROUP) * stride + SLACK];
    byte[] made = new byte[BAND * edge * CHANNELS + 1];
    for (int top = 0; top < edge; top += BAND) {
      int bottom = Math.min(edge, top + BAND);
      int first = down.start()[top];
      int last = Math.min(picture.rows(), last(top));
      mats.own(picture.rowRange(first, last)).get(0, 0, source);
      for (int y = top; y < bottom; y++) {
        down(source, (down.start()[y] - first) * stride, y);
        across(made, (y - top) * edge * CHANNELS);
      }
      int length = (bottom - top) * edge * CHANNELS;
      mats.own(scaled.rowRange(top, bottom)).put(0, 0, made, 0, length);
    }
  }

  // One beyond the rows that a band is made of.
  private int last(int top) {
    return down.start()[Math.min(edge, top + BAND) - 1] + down.most();
  }

  // Eight channels of a row: the even ones and the odd ones in lanes of 16 bits, which 255 * 256
  // and a half fill without a carry. Three rows at a time, mostly all there are.
  private void down(byte[] source, int from, int y) {
    int[] weights = down.weights();
    int first = y * down.most();
    int last = first + down.most();
    for (int x = 0; x < stride; x += Long.BYTES) {
      long even = HALF;
      long odd = HALF;
      int at = from + x;
      int k = first;
      do {
        long a = (long) LONG.get(source, at);
        long b = (long) LONG.get(source, at + stride);
        long c = (long) LONG.get(source, at + 2 * stride);
        even += (a & LOW) * weights[k] + (b & LOW) * weights[k + 1] + (c & LOW) * weights[k + 2];
        odd +=
            (a >>> 8 & LOW) * weights[k]
                + (b >>> 8 & LOW) * weights[k + 1]
                + (c >>> 8 & LOW) * weights[k + 2];
        at += Shares.GROUP * stride;
        k += Shares.GROUP;
      } while (k < last);
      LONG.set(column, x, even >>> 8 & LOW | odd & ~LOW);
    }
  }

  // Blue and red in one multiplication, green in another.
  private void across(byte[] made, int to) {
    int[] weights = across.weights();
    int[] start = across.start();
    int k = 0;
    for (int x = 0; x < edge; x++) {
      int outer = 0x00800080;
      int green = 0x80;
      int at = CHANNELS * start[x];
      int last = k + across.most();
      do {
        int a = (int) INT.get(column, at);
        int b = (int) INT.get(column, at + CHANNELS);
        int c = (int) INT.get(column, at + 2 * CHANNELS);
        outer +=
            (a & OUTER) * weights[k] + (b & OUTER) * weights[k + 1] + (c & OUTER) * weights[k + 2];
        green +=
            (a >>> 8 & 255) * weights[k]
                + (b >>> 8 & 255) * weights[k + 1]
                + (c >>> 8 & 255) * weights[k + 2];
        at += Shares.GROUP * CHANNELS;
        k += Shares.GROUP;
      } while (k < last);
      INT.set(made, to + CHANNELS * x, outer >>> 8 & OUTER | green & 0xff00);
    }
  }
}
