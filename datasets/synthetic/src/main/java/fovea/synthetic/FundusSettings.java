package fovea.synthetic;

import fovea.contract.cohort.Laterality;
import java.util.Random;

/**
 * One photograph to be made. The eye's own looks (vessels, colour within its pigment, where the
 * camera aims) follow from the seed alone: the same seed at another grade is the same eye, later.
 *
 * @param seed of everything that is not named here
 * @param size edge of the square picture in pixels, 32 to 4096
 * @param laterality which eye
 * @param grade of diabetic retinopathy, 0 (none) to 4 (proliferative); ICDR scale
 * @param cupToDisc vertical cup-to-disc ratio, 0.1 to 0.95
 * @param pigment of the fundus, 0 (light) to 1 (dark)
 * @param camera how it is framed and coloured
 * @param defect what is wrong with the photograph
 */
public record FundusSettings(
    long seed,
    int size,
    Laterality laterality,
    int grade,
    double cupToDisc,
    double pigment,
    CameraStyle camera,
    Defect defect) {

  /** Checks the ranges. */
  public FundusSettings {
    within("size", size, 32, 4096);
    within("grade", grade, 0, 4);
    within("cupToDisc", cupToDisc, 0.1, 0.95);
    within("pigment", pigment, 0, 1);
  }

  /** A healthy eye, everything else drawn from the seed. */
  public static FundusSettings of(long seed, int size) {
    Random random = Seeds.stream(seed, "settings");
    return new FundusSettings(
        seed,
        size,
        random.nextBoolean() ? Laterality.LEFT : Laterality.RIGHT,
        0,
        Seeds.between(random, 0.25, 0.55),
        random.nextDouble(),
        CameraStyle.values()[random.nextInt(CameraStyle.values().length)],
        Defect.NONE);
  }

  /** The same with another seed: another eye. */
  public FundusSettings withSeed(long other) {
    return new FundusSettings(other, size, laterality, grade, cupToDisc, pigment, camera, defect);
  }

  /** The same of the other or the same side. */
  public FundusSettings withLaterality(Laterality other) {
    return new FundusSettings(seed, size, other, grade, cupToDisc, pigment, camera, defect);
  }

  /** The same eye at another grade of retinopathy. */
  public FundusSettings withGrade(int other) {
    return new FundusSettings(seed, size, laterality, other, cupToDisc, pigment, camera, defect);
  }

  /** The same eye with another cup. */
  public FundusSettings withCupToDisc(double other) {
    return new FundusSettings(seed, size, laterality, grade, other, pigment, camera, defect);
  }

  /** The same with another pigment. */
  public FundusSettings withPigment(double other) {
    return new FundusSettings(seed, size, laterality, grade, cupToDisc, other, camera, defect);
  }

  /** The same through another camera. */
  public FundusSettings withCamera(CameraStyle other) {
    return new FundusSettings(seed, size, laterality, grade, cupToDisc, pigment, other, defect);
  }

  /** The same with something wrong. */
  public FundusSettings withDefect(Defect.Kind kind, double strength) {
    return new FundusSettings(
        seed, size, laterality, grade, cupToDisc, pigment, camera, new Defect(kind, strength));
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", cannot be: " + value);
    }
  }
}
