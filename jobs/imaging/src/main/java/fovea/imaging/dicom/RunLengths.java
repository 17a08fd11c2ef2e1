package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.dicom.Elements.Element;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Run lengths (PS3.5, annex G): a segment a byte of each sample, the high byte first. */
final class RunLengths {
  private static final int HEADER = 64;
  private static final int MOST_SEGMENTS = 15;

  /** Two bytes make 128 at most. */
  private static final int MOST_GAIN = 64;

  private RunLengths() {}

  static Pixels.Plain of(DataSet set, PixelModule module, Element data) {
    DicomRefusal.when(
        module.photometric() == Photometric.YBR_FULL_422,
        RejectionReason.UNSUPPORTED_ENCODING,
        "run lengths of halved colours");
    byte[] frame = Fragments.joined(set, data);
    long gained = (long) frame.length * MOST_GAIN;
    DicomRefusal.when(
        frame.length < HEADER || gained < module.bytes(),
        RejectionReason.TRUNCATED,
        frame.length + " bytes of run lengths for " + module.size());
    Palette palette = Palette.of(set, module);
    PixelModule byPixel = interleaved(module);
    return () -> Samples.raster(byPixel, palette, unpacked(frame, module), 0);
  }

  private static PixelModule interleaved(PixelModule m) {
    return new PixelModule(
        m.rows(), m.columns(), m.samples(), m.allocated(), m.stored(), false, m.photometric());
  }

  private static byte[] unpacked(byte[] frame, PixelModule module) {
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int width = module.sampleBytes();
    int stride = module.samples() * width;
    int segments = header.getInt(0);
    DicomRefusal.when(
        segments != stride || segments > MOST_SEGMENTS,
        RejectionReason.BAD_HEADER,
        segments + " segments of run lengths where " + stride + " are due");
    byte[] pixels = new byte[module.pixels() * stride];
    for (int i = 0; i < segments; i++) {
      int from = header.getInt(4 + 4 * i);
      int to = i + 1 < segments ? header.getInt(8 + 4 * i) : frame.length;
      DicomRefusal.when(
          from < HEADER || to < from || to > frame.length,
          RejectionReason.BAD_HEADER,
          "segments out of order");
      int first = i / width * width + width - 1 - i % width;
      unpack(frame, from, to, pixels, first, stride);
    }
    return pixels;
  }

  private static void unpack(byte[] in, int from, int to, byte[] out, int first, int stride) {
    int at = from;
    int next = first;
    while (next < out.length) {
      DicomRefusal.when(at + 1 >= to, RejectionReason.TRUNCATED, "run lengths end early");
      int control = in[at++];
      int literals = control >= 0 ? control + 1 : 0;
      int repeats = control < 0 && control != -128 ? 1 - control : 0;
      DicomRefusal.when(at + literals > to, RejectionReason.TRUNCATED, "run lengths end early");
      for (int i = 0; i < literals + repeats && next < out.length; i++) {
        out[next] = in[at + (repeats > 0 ? 0 : i)];
        next += stride;
      }
      at += repeats > 0 ? 1 : literals;
    }
  }
}
