package fovea.synthetic;

import fovea.contract.refraction.RefractiveError;

/**
 * One eye of a synthetic patient.
 *
 * @param photograph how to make its photograph; holds the laterality and the true grade
 * @param recordedGrade the grade on record, 0 to 4; the injected bias makes it differ from the
 *     truth
 * @param refraction in dioptres and degrees
 * @param axialLength in millimetres
 * @param intraocularPressure in millimetres of mercury
 */
public record SyntheticEye(
    FundusSettings photograph,
    int recordedGrade,
    RefractiveError refraction,
    double axialLength,
    double intraocularPressure) {

  /** The least grade that is referred to an ophthalmologist. */
  public static final int REFERABLE = 2;

  /** The grade that the photograph shows. */
  public int trueGrade() {
    return photograph.grade();
  }

  /** Whether the photograph shows referable disease. */
  public boolean trulyReferable() {
    return trueGrade() >= REFERABLE;
  }

  /** Whether the record says referable disease. */
  public boolean recordedReferable() {
    return recordedGrade >= REFERABLE;
  }

  /** File name of its photograph within the cohort: {@code SYN-000012-right.jpg}. */
  public String fileName(String reference) {
    return reference + "-" + photograph.laterality().word() + ".jpg";
  }
}
