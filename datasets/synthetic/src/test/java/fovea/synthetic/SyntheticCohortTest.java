package fovea.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticCohortTest {
  private static final SyntheticCohort LARGE = SyntheticCohort.of(CohortSettings.of(3, 8000, 64));

  @Test
  void the_same_seed_gives_the_same_patients_in_any_order() {
    SyntheticCohort again = SyntheticCohort.of(CohortSettings.of(3, 8000, 64));
    assertThat(again.patient(4711)).isEqualTo(LARGE.patient(4711));
    assertThat(LARGE.patients().skip(40).findFirst()).contains(again.patient(40));
    SyntheticCohort other = SyntheticCohort.of(CohortSettings.of(4, 8000, 64));
    assertThat(other.patient(4711)).isNotEqualTo(LARGE.patient(4711));
  }

  @Test
  void referable_disease_is_under_labelled_in_the_group_at_the_documented_rate_and_nowhere_else() {
    assertThat(missed(true)).isCloseTo(LARGE.settings().underLabelling(), within(0.03));
    assertThat(missed(false)).isZero();
  }

  @Test
  void the_older_camera_is_used_at_the_documented_rates() {
    assertThat(older(true)).isCloseTo(LARGE.settings().olderCameraInGroup(), within(0.03));
    assertThat(older(false)).isCloseTo(LARGE.settings().olderCamera(), within(0.02));
  }

  @Test
  void true_disease_does_not_depend_on_the_group() {
    double inside = trulyReferable(true);
    double outside = trulyReferable(false);
    assertThat(inside).isCloseTo(outside, within(0.03));
    assertThat(inside).isCloseTo(0.40, within(0.04));
  }

  @Test
  void without_a_group_nothing_is_injected() {
    CohortSettings fair = new CohortSettings(3, 2000, 64, "none", 0.2, 0.9, 0.3, 0.9, 0);
    assertThat(SyntheticCohort.of(fair).patients().flatMap(p -> p.eyes().stream()))
        .allMatch(eye -> eye.trueGrade() == eye.recordedGrade());
  }

  @Test
  void the_eyes_of_a_patient_resemble_each_other() {
    List<SyntheticPatient> patients = LARGE.patients().limit(4000).toList();
    double[] right = patients.stream().mapToDouble(p -> p.right().trueGrade()).toArray();
    double[] left = patients.stream().mapToDouble(p -> p.left().trueGrade()).toArray();
    assertThat(correlation(right, left)).isBetween(0.6, 0.9);
    double[] rightSphere = sphere(patients.stream().map(SyntheticPatient::right));
    double[] leftSphere = sphere(patients.stream().map(SyntheticPatient::left));
    assertThat(correlation(rightSphere, leftSphere)).isBetween(0.7, 0.9);
  }

  @Test
  void myopic_eyes_are_longer() {
    List<SyntheticEye> eyes = LARGE.patients().limit(2000).map(SyntheticPatient::right).toList();
    double[] length = eyes.stream().mapToDouble(SyntheticEye::axialLength).toArray();
    assertThat(correlation(sphere(eyes.stream()), length)).isLessThan(-0.7);
  }

  @Test
  void a_written_cohort_holds_the_record_and_the_truth(@TempDir Path folder) throws IOException {
    SyntheticCohort.of(CohortSettings.of(5, 3, 64)).write(folder);
    List<String> labels = Files.readAllLines(folder.resolve("labels.csv"));
    assertThat(labels).hasSize(7);
    assertThat(labels.get(1)).startsWith("SYN-5-000000-right.jpg,SYN-5-000000,right,");
    assertThat(Files.readAllLines(folder.resolve("truth.csv"))).hasSize(7);
    assertThat(folder.resolve("cohort.json")).content().contains("\"underLabelling\" : 0.35");
    try (Stream<Path> images = Files.list(folder.resolve("images"))) {
      assertThat(images).hasSize(6);
    }
  }

  private static double missed(boolean inGroup) {
    List<SyntheticEye> referable =
        patients(inGroup)
            .flatMap(patient -> patient.eyes().stream())
            .filter(SyntheticEye::trulyReferable)
            .toList();
    return share(referable.stream().filter(eye -> !eye.recordedReferable()), referable.size());
  }

  private static double older(boolean inGroup) {
    List<SyntheticPatient> patients = patients(inGroup).toList();
    return share(
        patients.stream().filter(patient -> patient.camera() == CameraStyle.OLDER),
        patients.size());
  }

  private static double trulyReferable(boolean inGroup) {
    List<SyntheticEye> eyes =
        patients(inGroup).flatMap(patient -> patient.eyes().stream()).toList();
    return share(eyes.stream().filter(SyntheticEye::trulyReferable), eyes.size());
  }

  private static Stream<SyntheticPatient> patients(boolean inGroup) {
    String group = LARGE.settings().biasedGroup();
    return LARGE.patients().filter(patient -> patient.ethnicity().equals(group) == inGroup);
  }

  private static double share(Stream<?> some, int all) {
    return (double) some.count() / all;
  }

  private static double[] sphere(Stream<SyntheticEye> eyes) {
    return eyes.mapToDouble(eye -> eye.refraction().sphere()).toArray();
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
