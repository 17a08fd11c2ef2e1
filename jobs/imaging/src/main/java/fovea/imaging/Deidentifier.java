package fovea.imaging;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.DicomPictures.Judged;
import fovea.imaging.dicom.DicomPhotograph;
import fovea.imaging.dicom.Pixels;
import java.util.Optional;
import org.opencv.core.CvException;

/** A DICOM photograph to what research may see: its pixels and a few attributes, nothing else. */
public final class Deidentifier {
  private Deidentifier() {}

  /** The answer of {@link Deidentifier}. */
  public sealed interface Deidentification {

    /**
     * What may leave.
     *
     * @param header as the object has it
     * @param content a PNG with the object's samples, or its JPEG without any metadata
     * @param attributes a JSON object of the allowed attributes
     */
    record Clean(ImageHeader header, byte[] content, String attributes)
        implements Deidentification {}

    /**
     * Nothing leaves.
     *
     * @param detail figures for a person, never text from the file
     */
    record Refused(RejectionReason reason, String detail) implements Deidentification {}
  }

  /**
   * Judges a whole file's content as {@link HeaderInspector} does, de-identifies it and proves that
   * it decodes. Never throws, whatever the bytes.
   *
   * @param content that begins as DICOM does
   */
  public static Deidentification deidentify(byte[] content) {
    try {
      Judged judged = DicomPictures.judge(content);
      DicomPhotograph photograph = judged.photograph();
      byte[] still = DicomPictures.still(photograph);
      Optional<RejectionReason> problem =
          photograph.pixels() instanceof Pixels.Jpeg ? Decoder.verify(still) : Optional.empty();
      return problem.isPresent()
          ? new Deidentification.Refused(problem.get(), "the encapsulated JPEG")
          : new Deidentification.Clean(judged.header(), still, photograph.attributes().json());
    } catch (Refusal refusal) {
      return new Deidentification.Refused(refusal.reason(), refusal.detail());
    } catch (CvException refused) {
      return new Deidentification.Refused(RejectionReason.DECODE_FAILED, "no PNG of the pixels");
    }
  }
}
