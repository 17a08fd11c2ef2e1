package fovea.registry;

import fovea.contract.cohort.Laterality;
import fovea.contract.cohort.Sex;
import fovea.contract.refraction.RefractiveError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What networks learn from: accepted photographs with eye, patient, newest refraction and consent,
 * under pseudonyms. Patients who withdrew their consent to training are never among them.
 */
public final class TrainingData {
  private static final String SELECT =
      """
      SELECT i.id, i.sha256, i.media_type, i.bytes, i.camera, i.dr_grade, i.diagnosis,
        i.created_at, e.id AS eye_id, e.laterality, p.id AS patient_id, p.age, p.gender,
        p.ethnicity, c.training, r.sphere, r.cylinder, r.axis, r.axial_length,
        r.intraocular_pressure, r.acuity
      FROM fundus_images i
      JOIN eyes e ON e.id = i.eye_id
      JOIN patients p ON p.id = e.patient_id
      JOIN consents c ON c.patient_id = p.id AND c.training <> 'withdrawn'
      LEFT JOIN LATERAL (
        SELECT m.* FROM refractive_measurements m WHERE m.eye_id = e.id
        ORDER BY m.created_at DESC, m.id DESC LIMIT 1) r ON true
      """;

  private final Handle handle;

  TrainingData(Handle handle) {
    this.handle = handle;
  }

  /** Records, the oldest first: who reads on from the end finds what came since. */
  public Page<Example> page(Filter filter, PageRequest request) {
    return Listing.of(handle, SELECT, "i")
        .where("i.status = :status", "status", Optional.of("accepted"))
        .where("i.dr_grade = :grade", "grade", filter.drGrade())
        .where("i.camera = :camera", "camera", filter.camera())
        .where("e.laterality = :side", "side", filter.laterality().map(Laterality::word))
        .where("p.gender = :sex", "sex", filter.sex().map(Sex::word))
        .where("p.age >= :ageFrom", "ageFrom", filter.ageFrom())
        .where("p.age <= :ageTo", "ageTo", filter.ageTo())
        .where("c.training = :consent", "consent", filter.consent())
        .where(filter.made())
        .oldestFirst(
            request, (row, context) -> example(row), e -> new Position(e.createdAt(), e.image()));
  }

  private static Example example(ResultSet row) throws SQLException {
    return new Example(
        row.getObject("id", UUID.class),
        row.getObject("eye_id", UUID.class),
        row.getObject("patient_id", UUID.class),
        row.getString("sha256"),
        row.getString("media_type"),
        row.getLong("bytes"),
        row.getString("camera"),
        row.getObject("dr_grade", Integer.class),
        row.getString("diagnosis"),
        row.getString("laterality"),
        row.getObject("age", Integer.class),
        row.getString("gender"),
        row.getString("ethnicity"),
        row.getString("training"),
        refraction(row),
        row.getObject("axial_length", Double.class),
        row.getObject("intraocular_pressure", Double.class),
        row.getObject("acuity", Double.class),
        Listing.instant(row, "created_at"));
  }

  private static @Nullable RefractiveError refraction(ResultSet row) throws SQLException {
    return row.getObject("sphere") == null
        ? null
        : new RefractiveError(
            row.getDouble("sphere"), row.getDouble("cylinder"), row.getDouble("axis"));
  }

  /**
   * Which records.
   *
   * @param drGrade grade of diabetic retinopathy, 0 to 4
   * @param ageFrom the least age in years
   * @param ageTo the greatest age in years
   * @param consent to training: {@code given} or {@code unrecorded}
   */
  public record Filter(
      Optional<Integer> drGrade,
      Optional<String> camera,
      Optional<Laterality> laterality,
      Optional<Sex> sex,
      Optional<Integer> ageFrom,
      Optional<Integer> ageTo,
      Optional<String> consent,
      Period made) {}

  /**
   * One photograph and what is known of its eye.
   *
   * @param sha256 of the bytes that were accepted
   * @param axialLength millimetres
   * @param intraocularPressure mmHg
   * @param acuity logMAR
   */
  public record Example(
      UUID image,
      UUID eye,
      UUID patient,
      @Nullable String sha256,
      String mediaType,
      long bytes,
      @Nullable String camera,
      @Nullable Integer drGrade,
      @Nullable String diagnosis,
      String laterality,
      @Nullable Integer age,
      @Nullable String sex,
      @Nullable String ethnicity,
      String consent,
      @Nullable RefractiveError refraction,
      @Nullable Double axialLength,
      @Nullable Double intraocularPressure,
      @Nullable Double acuity,
      Instant createdAt) {}
}
