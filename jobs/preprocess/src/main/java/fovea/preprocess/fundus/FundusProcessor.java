package fovea.preprocess.fundus;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.Encoder;
import fovea.imaging.Mats;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.FieldFinder;
import fovea.preprocess.quality.Quality;
import fovea.preprocess.quality.QualityGrader;
import org.opencv.core.CvException;
import org.opencv.core.Mat;

/**
 * One photograph from bytes to normalised pixels: decode, find the field, grade, crop, even the
 * illumination, equalise. Holds nothing between photographs; safe for several threads.
 */
public final class FundusProcessor {
  private final PreprocessSettings settings;

  /** A processor with fixed parameters. */
  public FundusProcessor(PreprocessSettings settings) {
    this.settings = settings;
  }

  /** Processes one file's content. Never throws for anything the content may hold. */
  public Outcome process(byte[] content) {
    try (Mats mats = new Mats()) {
      Decoding decoding = Decoder.decode(content, mats);
      if (decoding instanceof Decoding.Refused no) {
        return new Outcome.Failed(
            no.reason().code(), no.reason().sentence() + " (" + no.detail() + ")");
      }
      return process(((Decoding.Decoded) decoding).bgr(), mats);
    } catch (CvException refused) {
      RejectionReason reason = RejectionReason.DECODE_FAILED;
      return new Outcome.Failed(reason.code(), reason.sentence());
    }
  }

  private Outcome process(Mat photograph, Mats mats) {
    Field field = FieldFinder.find(photograph);
    Quality quality = QualityGrader.grade(photograph, field);
    byte[] png = Encoder.png(normalised(photograph, field, mats));
    return new Outcome.Processed(photograph.cols(), photograph.rows(), png, quality);
  }

  private Mat normalised(Mat photograph, Field field, Mats mats) {
    int size = settings.size();
    Mat mask = field.mask(size, mats);
    Mat square = field.crop(photograph, size, mats);
    Mat even = Steps.evenIllumination(square, mask, settings.gain(), settings.sigma() * size, mats);
    Mat clear = Steps.equaliseLuminance(even, settings.claheClip(), settings.claheTiles(), mats);
    Mat chosen = settings.channels().equals("green") ? Steps.greenOnly(clear, mats) : clear;
    return Steps.masked(chosen, mask, mats);
  }
}
