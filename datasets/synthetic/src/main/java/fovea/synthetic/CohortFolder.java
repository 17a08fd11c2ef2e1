package fovea.synthetic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;

/** Writes a cohort as a folder of photographs and tables. */
final class CohortFolder {
  private static final String LABELS =
      "image,patient,eye,age,sex,ethnicity,camera,dr_grade,sphere,cylinder,axis,axial_length,"
          + "intraocular_pressure\n";
  private static final String TRUTH = "image,ethnicity,true_grade,recorded_grade,defect,strength\n";

  private final SyntheticCohort cohort;

  CohortFolder(SyntheticCohort cohort) {
    this.cohort = cohort;
  }

  void write(Path folder) throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(folder.resolve("cohort.json").toFile(), cohort.settings());
    cohort.patients().parallel().forEach(patient -> photographs(patient, images));
    try (BufferedWriter labels = Files.newBufferedWriter(folder.resolve("labels.csv"));
        BufferedWriter truth = Files.newBufferedWriter(folder.resolve("truth.csv"))) {
      labels.write(LABELS);
      truth.write(TRUTH);
      for (Iterator<SyntheticPatient> all = cohort.patients().iterator(); all.hasNext(); ) {
        SyntheticPatient patient = all.next();
        for (SyntheticEye eye : patient.eyes()) {
          String name = eye.fileName(patient.reference());
          labels.write(label(patient, eye, name));
          truth.write(truth(patient, eye, name));
        }
      }
    }
  }

  private static void photographs(SyntheticPatient patient, Path images) {
    try {
      for (SyntheticEye eye : patient.eyes()) {
        Path file = images.resolve(eye.fileName(patient.reference()));
        Files.write(file, SyntheticFundus.render(eye.photograph()).jpeg(0.92));
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static String label(SyntheticPatient patient, SyntheticEye eye, String name) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%d,%s,%s,%s,%d,%.2f,%.2f,%.0f,%.2f,%.1f\n",
        name,
        patient.reference(),
        eye.photograph().laterality().word(),
        patient.age(),
        patient.sex().word(),
        patient.ethnicity(),
        patient.camera().word(),
        eye.recordedGrade(),
        eye.refraction().sphere(),
        eye.refraction().cylinder(),
        eye.refraction().axis(),
        eye.axialLength(),
        eye.intraocularPressure());
  }

  private static String truth(SyntheticPatient patient, SyntheticEye eye, String name) {
    Defect defect = eye.photograph().defect();
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%d,%s,%.3f\n",
        name,
        patient.ethnicity(),
        eye.trueGrade(),
        eye.recordedGrade(),
        defect.kind().name().toLowerCase(Locale.ROOT),
        defect.strength());
  }
}
