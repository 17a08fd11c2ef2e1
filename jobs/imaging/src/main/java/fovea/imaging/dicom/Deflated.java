package fovea.imaging.dicom;

import fovea.contract.capture.Limits;
import fovea.contract.capture.RejectionReason;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A data set under deflate (PS3.5, annex A.5): measured first, then inflated to that size. */
final class Deflated {
  private static final int CHUNK = 1 << 16;

  private Deflated() {}

  static byte[] inflate(byte[] content, int from) {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(content, from, content.length - from);
      int step = inflater.inflate(chunk);
      while (step > 0 || !inflater.finished()) {
        DicomRefusal.when(step == 0, RejectionReason.TRUNCATED, "the deflated data set ends early");
        bytes += step;
        DicomRefusal.when(
            bytes > Limits.MAX_BYTES,
            RejectionReason.FILE_TOO_LARGE,
            "more than " + Limits.MAX_BYTES + " bytes once inflated");
        step = inflater.inflate(chunk);
      }
      return again(inflater, content, from, (int) bytes);
    } catch (DataFormatException damaged) {
      throw new DicomRefusal(RejectionReason.DECODE_FAILED, "the deflated data set is damaged");
    } finally {
      inflater.end();
    }
  }

  private static byte[] again(Inflater inflater, byte[] content, int from, int bytes)
      throws DataFormatException {
    byte[] inflated = new byte[bytes];
    inflater.reset();
    inflater.setInput(content, from, content.length - from);
    int at = 0;
    while (at < bytes) {
      at += inflater.inflate(inflated, at, bytes - at);
    }
    return inflated;
  }
}
