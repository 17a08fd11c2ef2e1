package fovea.imaging;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.Limits;
import fovea.contract.capture.RejectionReason;
import fovea.imaging.ExifReader.Exif;
import org.jspecify.annotations.Nullable;

/** Walks the markers of a JPEG (ITU-T T.81, annex B) from SOI to EOI. */
final class JpegHeaderReader {
  private static final int TEM = 0x01;
  private static final int SOF0 = 0xc0;
  private static final int SOF2 = 0xc2;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF15 = 0xcf;
  private static final int RST0 = 0xd0;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP1 = 0xe1;

  private record Frame(int width, int height, int components, int bits, boolean progressive) {}

  private final Bytes bytes;
  private int at = 2;
  private int scans;
  private long scanBytes;
  private @Nullable Frame frame;
  private @Nullable Exif exif;

  JpegHeaderReader(byte[] content) {
    this.bytes = new Bytes(content);
  }

  ImageHeader read() {
    int marker = nextMarker();
    while (marker != EOI) {
      if (!standsAlone(marker)) {
        segment(marker);
      }
      marker = nextMarker();
    }
    return header();
  }

  private static boolean standsAlone(int marker) {
    return marker == TEM || marker >= RST0 && marker <= SOI;
  }

  // Decoders skip stray bytes between segments and any number of FF as fill; so do we.
  private int nextMarker() {
    while (true) {
      while (bytes.u8(at) != 0xff) {
        at++;
      }
      while (bytes.u8(at) == 0xff) {
        at++;
      }
      int marker = bytes.u8(at++);
      if (marker != 0) {
        return marker;
      }
    }
  }

  private void segment(int marker) {
    int length = bytes.u16(at);
    Refusal.when(length < 2, RejectionReason.BAD_HEADER, "segment of " + length + " bytes");
    bytes.need(at, length);
    if (marker == SOS) {
      scan(length);
      return;
    }
    if (isFrame(marker)) {
      frame = frame(marker, length);
    } else if (marker == APP1 && exif == null && bytes.startsWith(at + 2, "Exif\0\0")) {
      exif = ExifReader.read(bytes.content(), at + 8, Math.max(at + 8, at + length));
    }
    at += length;
  }

  private static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  private Frame frame(int marker, int length) {
    Refusal.when(frame != null, RejectionReason.BAD_HEADER, "two frames");
    Refusal.when(length < 8, RejectionReason.BAD_HEADER, "frame header of " + length + " bytes");
    int bits = bytes.u8(at + 2);
    int height = bytes.u16(at + 3);
    int width = bytes.u16(at + 5);
    int components = bytes.u8(at + 7);
    HeaderInspector.checkSize(width, height);
    Refusal.when(
        marker > SOF2 || bits != 8,
        RejectionReason.UNSUPPORTED_ENCODING,
        "JPEG process " + (marker - SOF0) + ", " + bits + " bits");
    Refusal.when(
        components != 1 && components != 3 && components != 4 || length < 8 + 3 * components,
        RejectionReason.BAD_HEADER,
        components + " components");
    return new Frame(width, height, components, bits, marker == SOF2);
  }

  private void scan(int headerLength) {
    Refusal.when(frame == null, RejectionReason.BAD_HEADER, "a scan before the frame");
    scans++;
    Refusal.when(
        scans > Limits.MAX_SCANS,
        RejectionReason.TOO_MANY_SCANS,
        "more than " + Limits.MAX_SCANS + " scans");
    at += headerLength;
    int start = at;
    at = bytes.find(0xff, at);
    while (!endsScan(bytes.u8(at + 1))) {
      at = bytes.find(0xff, at + 1);
    }
    scanBytes += at - start;
  }

  private static boolean endsScan(int afterFf) {
    return afterFf != 0 && afterFf != 0xff && !(afterFf >= RST0 && afterFf < SOI);
  }

  private ImageHeader header() {
    if (frame == null || scans == 0) {
      throw new Refusal(RejectionReason.BAD_HEADER, "no image data");
    }
    // A sequential block takes two bits at least (a DC and an end-of-block code), a progressive one
    // a DC bit: less means that an end marker was put behind a torn file, or that the size lies.
    long blocks = (frame.width() + 7L) / 8 * ((frame.height() + 7L) / 8);
    Refusal.when(
        scanBytes * 8 < blocks * (frame.progressive() ? 1 : 2),
        RejectionReason.TRUNCATED,
        scanBytes + " bytes of data for " + frame.width() + "x" + frame.height() + " pixels");
    Exif facts = exif == null ? Exif.NONE : exif;
    return new ImageHeader(
        ImageFormat.JPEG,
        frame.width(),
        frame.height(),
        frame.components(),
        frame.bits(),
        scans,
        frame.progressive(),
        facts.orientation(),
        facts.camera(),
        facts.capturedAt(),
        facts.focal35());
  }
}
