package fovea.registry;

import fovea.registry.Patients.NewPatient;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLState;

/** Patients who were entered wrongly. */
public final class PatientCorrections {
  private final Handle handle;
  private final NameCipher names;
  private final Audit audit;

  PatientCorrections(Handle handle, NameCipher names, Audit audit) {
    this.handle = handle;
    this.names = names;
    this.audit = audit;
  }

  /**
   * Holds a patient until the transaction ends: nobody else corrects it meanwhile.
   *
   * @throws fovea.contract.errors.CallerMistake where there is no such patient
   */
  public void hold(UUID patient) {
    List<UUID> held =
        handle
            .createQuery("SELECT id FROM patients WHERE id = :id FOR UPDATE")
            .bind("id", patient)
            .mapTo(UUID.class)
            .list();
    if (held.isEmpty()) {
      throw Mistakes.unknown("patient");
    }
  }

  /**
   * Says all of a patient anew.
   *
   * @throws fovea.contract.errors.CallerMistake where another patient has the external reference
   */
  public void replace(UUID patient, NewPatient with) {
    try {
      handle
          .createUpdate(
              """
              UPDATE patients SET external_reference = :reference, patient_name = :name,
                age = :age, gender = :sex, ethnicity = :ethnicity
              WHERE id = :id
              """)
          .bind("id", patient)
          .bind("reference", with.externalReference())
          .bind("name", with.name() == null ? null : names.encrypt(with.name(), patient))
          .bind("age", with.age())
          .bind("sex", with.sex() == null ? null : with.sex().word())
          .bind("ethnicity", with.ethnicity())
          .execute();
    } catch (UnableToExecuteStatementException refused) {
      throw PSQLState.UNIQUE_VIOLATION.getState().equals(state(refused))
          ? Mistakes.referenceTaken()
          : refused;
    }
    audit.record("update_patient", "patients", patient);
  }

  /**
   * Removes a patient of whom nothing was measured, with eyes and consents. What research may have
   * seen is not removed here but erased: from the lake and the object store, too.
   *
   * @throws fovea.contract.errors.CallerMistake where there are images or measurements
   */
  public void remove(UUID patient) {
    hold(patient);
    if (measured(patient)) {
      throw Mistakes.patientHasData();
    }
    handle.execute("DELETE FROM eyes WHERE patient_id = ?", patient);
    handle.execute("DELETE FROM patients WHERE id = ?", patient);
    audit.record("delete_patient", "patients", patient);
  }

  private boolean measured(UUID patient) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM eyes e WHERE e.patient_id = :patient
              AND (EXISTS (SELECT FROM fundus_images i WHERE i.eye_id = e.id)
                OR EXISTS (SELECT FROM refractive_measurements r WHERE r.eye_id = e.id)))
            """)
        .bind("patient", patient)
        .mapTo(Boolean.class)
        .one();
  }

  private static String state(Exception failed) {
    return failed.getCause() instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
  }
}
