package fovea.synthetic;

import fovea.contract.cohort.Sex;
import java.util.List;

/**
 * One synthetic patient.
 *
 * @param reference stable external reference: {@code SYN-7-000012}
 * @param age in years
 * @param sex as recorded
 * @param ethnicity as recorded
 * @param camera both eyes were photographed with it
 * @param right the right eye
 * @param left the left eye
 */
public record SyntheticPatient(
    String reference,
    int age,
    Sex sex,
    String ethnicity,
    CameraStyle camera,
    SyntheticEye right,
    SyntheticEye left) {

  /** Right eye, then left. */
  public List<SyntheticEye> eyes() {
    return List.of(right, left);
  }
}
