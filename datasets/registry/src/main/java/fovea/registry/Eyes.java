package fovea.registry;

import fovea.contract.cohort.Laterality;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Eyes of patients: at most one left and one right. */
public final class Eyes {
  private final Handle handle;
  private final Actor actor;
  private final Audit audit;

  Eyes(Handle handle, Actor actor, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.audit = audit;
  }

  /** Makes an eye, or finds the patient's eye of that side. */
  public Made create(UUID patient, Laterality laterality) {
    requirePatient(patient);
    Optional<UUID> id =
        handle
            .createQuery(
                """
                INSERT INTO eyes (organization_id, patient_id, laterality)
                VALUES (:organization, :patient, :laterality)
                ON CONFLICT (organization_id, patient_id, laterality) DO NOTHING RETURNING id
                """)
            .bind("organization", actor.organization())
            .bind("patient", patient)
            .bind("laterality", laterality.word())
            .mapTo(UUID.class)
            .findOne();
    id.ifPresent(eye -> audit.record("create_eye", "eyes", eye));
    return id.map(eye -> new Made(eye, true))
        .orElseGet(() -> new Made(ofSide(patient, laterality), false));
  }

  /**
   * A patient's eyes, the left one first.
   *
   * @throws fovea.contract.errors.CallerMistake where there is no such patient
   */
  public List<Eye> of(UUID patient) {
    requirePatient(patient);
    return handle
        .createQuery(
            """
            SELECT id, laterality, created_at FROM eyes WHERE patient_id = :patient
            ORDER BY laterality
            """)
        .bind("patient", patient)
        .map(
            (row, context) ->
                new Eye(
                    row.getObject("id", UUID.class),
                    row.getString("laterality"),
                    Listing.instant(row, "created_at")))
        .list();
  }

  /**
   * One eye.
   *
   * @param laterality {@code left} or {@code right}
   */
  public record Eye(UUID id, String laterality, Instant createdAt) {}

  /**
   * Makes sure that there is such an eye.
   *
   * @throws fovea.contract.errors.CallerMistake where there is none
   */
  public void require(UUID eye) {
    if (!exists("eyes", eye)) {
      throw Mistakes.unknown("eye");
    }
  }

  void requirePatient(UUID patient) {
    if (!exists("patients", patient)) {
      throw Mistakes.unknown("patient");
    }
  }

  private boolean exists(String table, UUID id) {
    return handle
        .createQuery("SELECT EXISTS (SELECT FROM " + table + " WHERE id = :id)")
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  private UUID ofSide(UUID patient, Laterality laterality) {
    return handle
        .createQuery("SELECT id FROM eyes WHERE patient_id = :patient AND laterality = :laterality")
        .bind("patient", patient)
        .bind("laterality", laterality.word())
        .mapTo(UUID.class)
        .one();
  }
}
