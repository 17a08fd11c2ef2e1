package fovea.registry;

import fovea.contract.cohort.Sex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Patients of one organisation; their names lie encrypted. */
public final class Patients {
  private static final String SELECT =
      """
      SELECT p.id, p.external_reference, p.age, p.gender, p.ethnicity, p.patient_name, p.created_at
      FROM patients p
      """;

  private final Handle handle;
  private final Actor actor;
  private final NameCipher names;
  private final Audit audit;

  Patients(Handle handle, Actor actor, NameCipher names, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.names = names;
    this.audit = audit;
  }

  /** Makes a patient, or finds the one of the same external reference. */
  public Made create(NewPatient patient) {
    UUID id = UUID.randomUUID();
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO patients (id, organization_id, external_reference, patient_name, age,
                  gender, ethnicity, created_by)
                VALUES (:id, :organization, :reference, :name, :age, :sex, :ethnicity, :user)
                ON CONFLICT (organization_id, external_reference) DO NOTHING
                """)
            .bind("id", id)
            .bind("organization", actor.organization())
            .bind("reference", patient.externalReference())
            .bind("name", patient.name() == null ? null : names.encrypt(patient.name(), id))
            .bind("age", patient.age())
            .bind("sex", patient.sex() == null ? null : patient.sex().word())
            .bind("ethnicity", patient.ethnicity())
            .bind("user", actor.user())
            .execute();
    if (inserted == 0) {
      return new Made(withReference(patient.externalReference()), false);
    }
    audit.record("create_patient", "patients", id);
    return new Made(id, true);
  }

  /** A patient; the name only where the actor's role may read it. */
  public Optional<Patient> find(UUID id) {
    return handle
        .createQuery(SELECT + " WHERE p.id = :id")
        .bind("id", id)
        .map((row, context) -> patient(row))
        .findOne();
  }

  /** Patients, the newest first. */
  public Page<Patient> page(Filter filter, PageRequest request) {
    return Listing.of(handle, SELECT, "p")
        .where("p.age >= :ageFrom", "ageFrom", filter.ageFrom())
        .where("p.age <= :ageTo", "ageTo", filter.ageTo())
        .where("p.gender = :sex", "sex", filter.sex().map(Sex::word))
        .where(filter.made())
        .newestFirst(
            request, (row, context) -> patient(row), p -> new Position(p.createdAt(), p.id()));
  }

  private Patient patient(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    byte[] stored = row.getBytes("patient_name");
    boolean readable = actor.role().mayReadNames();
    return new Patient(
        id,
        readable ? row.getString("external_reference") : null,
        row.getObject("age", Integer.class),
        row.getString("gender"),
        row.getString("ethnicity"),
        readable && stored != null ? names.decrypt(stored, id) : null,
        Listing.instant(row, "created_at"));
  }

  private UUID withReference(@Nullable String reference) {
    return handle
        .createQuery("SELECT id FROM patients WHERE external_reference = :reference")
        .bind("reference", reference)
        .mapTo(UUID.class)
        .one();
  }

  /**
   * A patient to be made.
   *
   * @param externalReference what the organisation calls the patient
   * @param age whole years, 0 to 150
   */
  public record NewPatient(
      @Nullable String externalReference,
      @Nullable String name,
      @Nullable Integer age,
      @Nullable Sex sex,
      @Nullable String ethnicity) {

    /** Without anything that tells who it is. */
    @Override
    public String toString() {
      return "a new patient";
    }
  }

  /**
   * Which patients.
   *
   * @param ageFrom the least age in years
   * @param ageTo the greatest age in years
   */
  public record Filter(
      Optional<Integer> ageFrom, Optional<Integer> ageTo, Optional<Sex> sex, Period made) {}

  /**
   * A patient.
   *
   * @param externalReference null where there is none or the role may not read it
   * @param name null where there is none or the role may not read it
   */
  public record Patient(
      UUID id,
      @Nullable String externalReference,
      @Nullable Integer age,
      @Nullable String sex,
      @Nullable String ethnicity,
      @Nullable String name,
      Instant createdAt) {

    /** The pseudonym only. */
    @Override
    public String toString() {
      return "patient " + id;
    }
  }
}
