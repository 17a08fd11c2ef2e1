package fovea.imaging;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.RejectionReason;
import fovea.imaging.dicom.DicomPhotograph;
import fovea.imaging.dicom.DicomReader;
import fovea.imaging.dicom.DicomRefusal;
import fovea.imaging.dicom.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** DICOM photographs as the pictures that {@link Decoder} knows. */
final class DicomPictures {
  private DicomPictures() {}

  /** A photograph and what its header says. */
  record Judged(DicomPhotograph photograph, ImageHeader header) {}

  /**
   * Reads an object's header, an encapsulated JPEG's own header included.
   *
   * @throws Refusal where either breaks the limits or they contradict each other
   */
  static Judged judge(byte[] content) {
    try {
      DicomPhotograph photograph = DicomReader.read(content);
      boolean progressive = false;
      int scans = 1;
      if (photograph.pixels() instanceof Pixels.Jpeg jpeg) {
        ImageHeader inner = inner(jpeg, photograph);
        progressive = inner.progressive();
        scans = inner.scans();
      }
      return new Judged(photograph, header(photograph, scans, progressive));
    } catch (DicomRefusal refusal) {
      throw new Refusal(refusal.reason(), refusal.detail());
    }
  }

  /**
   * The pixels alone: the JPEG without what surrounds its pixels, or a lossless PNG.
   *
   * @throws Refusal where the pixels end early
   */
  static byte[] still(DicomPhotograph photograph) {
    try {
      return photograph.pixels() instanceof Pixels.Jpeg jpeg
          ? JpegSegments.pixelsOnly(jpeg.file(), jpeg.colours())
          : png(((Pixels.Plain) photograph.pixels()).raster());
    } catch (DicomRefusal refusal) {
      throw new Refusal(refusal.reason(), refusal.detail());
    }
  }

  private static ImageHeader inner(Pixels.Jpeg jpeg, DicomPhotograph photograph) {
    Refusal.when(
        ImageFormat.sniff(jpeg.file()).orElse(null) != ImageFormat.JPEG,
        RejectionReason.DECODE_FAILED,
        "the encapsulated pixels are no JPEG");
    ImageHeader inner = new JpegHeaderReader(jpeg.file()).read();
    Refusal.when(
        inner.width() != photograph.width()
            || inner.height() != photograph.height()
            || inner.components() != photograph.components(),
        RejectionReason.BAD_HEADER,
        "a JPEG of "
            + (inner.width() + "x" + inner.height())
            + " pixels where DICOM says "
            + (photograph.width() + "x" + photograph.height()));
    return inner;
  }

  private static ImageHeader header(DicomPhotograph p, int scans, boolean progressive) {
    return new ImageHeader(
        ImageFormat.DICOM,
        p.width(),
        p.height(),
        p.components(),
        p.bits(),
        scans,
        progressive,
        1,
        p.attributes().model());
  }

  private static byte[] png(Pixels.Raster raster) {
    try (Mats mats = new Mats()) {
      int type =
          CvType.makeType(raster.bits() == 16 ? CvType.CV_16U : CvType.CV_8U, raster.channels());
      Mat pixels = mats.own(new Mat(raster.height(), raster.width(), type));
      if (raster.bits() == 16) {
        pixels.put(0, 0, words(raster.samples()));
      } else {
        pixels.put(0, 0, raster.samples());
      }
      return Encoder.png(pixels);
    }
  }

  private static short[] words(byte[] samples) {
    short[] words = new short[samples.length / 2];
    ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(words);
    return words;
  }
}
