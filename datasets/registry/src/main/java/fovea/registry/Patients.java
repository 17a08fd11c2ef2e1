package fovea.registry;

import fovea.contract.cohort.Sex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Patients of one organisation; their names lie encrypted. */
public final class Patients {
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
        .createQuery("SELECT id, age, gender, ethnicity, patient_name FROM patients WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> patient(row))
        .findOne();
  }

  private Patient patient(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    byte[] stored = row.getBytes("patient_name");
    boolean readable = stored != null && actor.role().mayReadNames();
    return new Patient(
        id,
        row.getObject("age", Integer.class),
        row.getString("gender"),
        row.getString("ethnicity"),
        readable ? names.decrypt(stored, id) : null);
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
   * A patient.
   *
   * @param name null where there is none or the role may not read it
   */
  public record Patient(
      UUID id,
      @Nullable Integer age,
      @Nullable String sex,
      @Nullable String ethnicity,
      @Nullable String name) {

    /** The pseudonym only. */
    @Override
    public String toString() {
      return "patient " + id;
    }
  }
}
