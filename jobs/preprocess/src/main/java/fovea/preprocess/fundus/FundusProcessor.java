package fovea.preprocess.fundus;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.ImageHeader;
import fovea.imaging.Mats;
import fovea.imaging.ScaledDecoder;
import fovea.preprocess.anatomy.Anatomy;
import fovea.preprocess.anatomy.AnatomyFinder;
import fovea.preprocess.anatomy.Missing;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.FieldFinder;
import fovea.preprocess.field.SmallView;
import fovea.preprocess.png.FastPng;
import fovea.preprocess.quality.Grade;
import fovea.preprocess.quality.Quality;
import fovea.preprocess.quality.QualityGrader;
import org.opencv.core.CvException;
import org.opencv.core.Mat;

/**
 * One photograph from bytes to normalised pixels: decode no finer than needed, find the field,
 * crop, scale, grade, measure, even the illumination, equalise. Holds nothing between photographs;
 * safe for several threads.
 */
public final class FundusProcessor {
  // A field that fills its frame is then still larger than what is made of it.
  private static final int LEAST_EDGE = 640;
  private static final double CLEAR = 0.25;

  private final Recipe recipe;
  private final int size;

  /** A processor with fixed parameters. */
  public FundusProcessor(PreprocessSettings settings) {
    this.recipe = settings.recipe();
    this.size = settings.size();
  }

  /** Processes one file's content. Never throws for anything the content may hold. */
  public Outcome process(byte[] content) {
    try (Mats mats = new Mats()) {
      Decoding decoding = ScaledDecoder.decode(content, Math.max(LEAST_EDGE, size * 5 / 4), mats);
      if (decoding instanceof Decoding.Refused no) {
        return new Outcome.Failed(
            no.reason().code(), no.reason().sentence() + " (" + no.detail() + ")");
      }
      return process((Decoding.Decoded) decoding, content, mats);
    } catch (CvException refused) {
      RejectionReason reason = RejectionReason.DECODE_FAILED;
      return new Outcome.Failed(reason.code(), reason.sentence());
    }
  }

  // A small field in a large frame was decoded too coarsely.
  private Outcome process(Decoding.Decoded decoded, byte[] content, Mats mats) {
    Field field = FieldFinder.find(decoded.bgr());
    boolean reduced = decoded.bgr().total() < decoded.header().pixels();
    if (reduced && 2 * field.cut().radius() < Math.max(size, LEAST_EDGE * 3 / 4)) {
      if (Decoder.decode(content, mats) instanceof Decoding.Decoded full) {
        return process(full, FieldFinder.find(full.bgr()), mats);
      }
    }
    return process(decoded, field, mats);
  }

  private Outcome process(Decoding.Decoded decoded, Field field, Mats mats) {
    Mat photograph = decoded.bgr();
    Picture whole = new Picture(photograph, field);
    Picture square = recipe.square(whole, mats);
    SmallView view = SmallView.of(study(photograph, square, mats), field, mats);
    Quality quality = QualityGrader.grade(view, field);
    Anatomy anatomy = anatomy(photograph, field, view, quality);
    byte[] png = FastPng.encode(recipe.finish(square, mats).bgr());
    ImageHeader header = decoded.header();
    return new Outcome.Processed(
        header.uprightWidth(), header.uprightHeight(), png, quality, anatomy);
  }

  // Halving the square is the same as scaling the photograph, at a tenth of the time.
  private Mat study(Mat photograph, Picture square, Mats mats) {
    Field field = square.field();
    boolean finer = size % SmallView.EDGE == 0 && 2 * field.cut().radius() >= size;
    return finer
        ? Field.scaled(square.bgr(), SmallView.EDGE, mats)
        : field.crop(photograph, SmallView.EDGE, mats);
  }

  private static Anatomy anatomy(Mat photograph, Field field, SmallView view, Quality quality) {
    if (quality.grade() == Grade.REJECT) {
      return Anatomy.missing(Missing.PHOTOGRAPH_REJECTED);
    }
    boolean clear = quality.focus() >= CLEAR && quality.contrast() >= CLEAR;
    return AnatomyFinder.find(
        photograph,
        field,
        view,
        clear ? AnatomyFinder.Vessels.CLEAR : AnatomyFinder.Vessels.UNCLEAR);
  }
}
