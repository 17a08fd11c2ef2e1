package fovea.synthetic;

import fovea.contract.cohort.Laterality;
import fovea.contract.cohort.Sex;
import fovea.contract.refraction.RefractiveError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A cohort with a known answer: patients with demographics, two eyes with correlated retinopathy
 * (0.8 on the latent scale), refraction, and an injected bias of documented size (see {@link
 * CohortSettings}). Patients are made on demand, each from the seed and its number, so a cohort of
 * any size takes no memory.
 */
public final class SyntheticCohort {
  /** The ethnicities on record, each with its share below. */
  public static final List<String> ETHNICITIES = List.of("white", "black", "asian", "hispanic");

  private static final double[] SHARES = {0.40, 0.25, 0.20, 0.15};

  /** Normal quantiles of cumulated shares: 46% grade 0, 14% 1, 20% 2, 11% 3, 9% 4. */
  private static final double[] GRADE_LIMITS = {-0.10, 0.253, 0.842, 1.341};

  private static final double BETWEEN_EYES = 0.8;

  private final CohortSettings settings;

  private SyntheticCohort(CohortSettings settings) {
    this.settings = settings;
  }

  /** The cohort of some settings; nothing is made yet. */
  public static SyntheticCohort of(CohortSettings settings) {
    return new SyntheticCohort(settings);
  }

  /** What was asked for: the documented size of the bias. */
  public CohortSettings settings() {
    return settings;
  }

  /** All patients, made as they are read. */
  public Stream<SyntheticPatient> patients() {
    return LongStream.range(0, settings.patients()).mapToObj(this::patient);
  }

  /** One patient, by number from 0. */
  public SyntheticPatient patient(long number) {
    long seed = Seeds.mix(settings.seed(), "patient " + number);
    Random random = Seeds.stream(seed, "demographics");
    int age = (int) Math.round(Math.max(22, Math.min(92, 58 + 13 * random.nextGaussian())));
    Sex sex = random.nextInt(100) < 52 ? Sex.FEMALE : Sex.MALE;
    String ethnicity = ethnicity(random.nextDouble());
    boolean biased = ethnicity.equals(settings.biasedGroup());
    double older = biased ? settings.olderCameraInGroup() : settings.olderCamera();
    CameraStyle camera = random.nextDouble() < older ? CameraStyle.OLDER : newer(random);
    double pigment = Math.max(0, Math.min(1, meanPigment(ethnicity) + 0.2 * random.nextGaussian()));
    Person person = new Person(seed, age, biased, camera, pigment);
    return new SyntheticPatient(
        "SYN-%d-%06d".formatted(settings.seed(), number),
        age,
        sex,
        ethnicity,
        camera,
        eye(person, Laterality.RIGHT),
        eye(person, Laterality.LEFT));
  }

  /**
   * Writes the cohort as a folder that the {@code folder} importer reads: {@code images/*.jpg},
   * {@code labels.csv} (the record) and {@code truth.csv} (the truth), {@code cohort.json}.
   */
  public void write(Path folder) throws IOException {
    new CohortFolder(this).write(folder);
  }

  private record Person(long seed, int age, boolean biased, CameraStyle camera, double pigment) {}

  private SyntheticEye eye(Person person, Laterality side) {
    Random shared = Seeds.stream(person.seed(), "both eyes");
    Random own = Seeds.stream(person.seed(), side.word());
    int grade = grade(latent(shared, own) + 0.012 * (person.age() - 58));
    double cup = bounded(0.38 + 0.10 * latent(shared, own), 0.15, 0.9);
    double sphere = quarters(-0.3 + 2.0 * latent(shared, own));
    double cylinder = -Math.abs(quarters(0.9 * latent(shared, own)));
    double axis = Math.floorMod(Math.round(90 + 25 * own.nextGaussian()), 180);
    double pressure = Math.round(10 * bounded(15.5 + 2.8 * latent(shared, own), 8, 35)) / 10.0;
    RefractiveError refraction = new RefractiveError(sphere, cylinder, axis);
    double length = 23.6 - 0.38 * refraction.sphericalEquivalent() + 0.35 * own.nextGaussian();
    FundusSettings photograph =
        new FundusSettings(
            Seeds.mix(person.seed(), "photograph " + side.word()),
            settings.size(),
            side,
            grade,
            cup,
            person.pigment(),
            person.camera(),
            defect(person, own));
    return new SyntheticEye(
        photograph,
        recorded(grade, person.biased(), own),
        refraction,
        Math.round(100 * length) / 100.0,
        pressure);
  }

  private int recorded(int grade, boolean biased, Random random) {
    boolean missed = random.nextDouble() < settings.underLabelling();
    int lower = random.nextInt(SyntheticEye.REFERABLE);
    return biased && missed && grade >= SyntheticEye.REFERABLE ? lower : grade;
  }

  private Defect defect(Person person, Random random) {
    Defect.Kind[] kinds = Defect.Kind.values();
    boolean failed = random.nextDouble() < settings.defects();
    Defect.Kind kind = kinds[1 + random.nextInt(kinds.length - 1)];
    double strength = Seeds.between(random, 0.3, 1);
    double haze = bounded(settings.haze() * Seeds.between(random, 0.7, 1.3), 0, 1);
    if (failed) {
      return new Defect(kind, strength);
    }
    boolean hazy = person.camera() == CameraStyle.OLDER && haze > 0;
    return hazy ? new Defect(Defect.Kind.HAZE, haze) : Defect.NONE;
  }

  /** Standard normal, correlated between a patient's eyes. */
  private static double latent(Random shared, Random own) {
    return Math.sqrt(BETWEEN_EYES) * shared.nextGaussian()
        + Math.sqrt(1 - BETWEEN_EYES) * own.nextGaussian();
  }

  private static int grade(double latent) {
    int grade = 0;
    for (double limit : GRADE_LIMITS) {
      grade += latent > limit ? 1 : 0;
    }
    return grade;
  }

  private static String ethnicity(double draw) {
    double sum = 0;
    for (int i = 0; i < SHARES.length; i++) {
      sum += SHARES[i];
      if (draw < sum) {
        return ETHNICITIES.get(i);
      }
    }
    return ETHNICITIES.get(0);
  }

  private static double meanPigment(String ethnicity) {
    return switch (ethnicity) {
      case "black" -> 0.75;
      case "asian", "hispanic" -> 0.5;
      default -> 0.25;
    };
  }

  private static CameraStyle newer(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> CameraStyle.HANDHELD;
      case 1, 2 -> CameraStyle.WIDE;
      default -> CameraStyle.TABLE;
    };
  }

  /** Rounded to quarters of a dioptre, within what eyes have. */
  private static double quarters(double dioptres) {
    return Math.round(4 * bounded(dioptres, -12, 9)) / 4.0;
  }

  private static double bounded(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }
}
