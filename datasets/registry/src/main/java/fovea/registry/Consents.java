package fovea.registry;

import fovea.contract.consent.Decision;
import fovea.contract.consent.Purpose;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What patients of one organisation allowed: decisions are added, never changed. */
public final class Consents {
  private final Handle handle;
  private final Actor actor;
  private final Audit audit;

  Consents(Handle handle, Actor actor, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.audit = audit;
  }

  /**
   * One decision.
   *
   * @param decidedAt when the patient said so; not later than it is recorded
   */
  public record Entry(Purpose purpose, Decision decision, Instant decidedAt) {}

  /**
   * Records a decision.
   *
   * @param decidedAt null for now
   * @throws fovea.contract.errors.CallerMistake where there is no such patient
   */
  public void record(
      UUID patient, Purpose purpose, Decision decision, @Nullable Instant decidedAt) {
    int recorded =
        handle
            .createUpdate(
                """
                INSERT INTO consent_decisions
                  (organization_id, patient_id, purpose, decision, decided_at, recorded_by)
                SELECT p.organization_id, p.id, :purpose, :decision,
                  coalesce(CAST(:at AS timestamptz), now()), :user
                FROM patients p WHERE p.id = :patient
                """)
            .bind("patient", patient)
            .bind("purpose", purpose.word())
            .bind("decision", decision.word())
            .bind("at", decidedAt == null ? null : decidedAt.toString())
            .bind("user", actor.user())
            .execute();
    if (recorded == 0) {
      throw Mistakes.unknown("patient");
    }
    audit.record("consent_" + decision.word(), "consent_decisions", patient);
  }

  /**
   * All decisions of a patient, the newest first.
   *
   * @throws fovea.contract.errors.CallerMistake where there is no such patient
   */
  public List<Entry> of(UUID patient) {
    new Eyes(handle, actor, audit).requirePatient(patient);
    return handle
        .createQuery(
            """
            SELECT purpose, decision, decided_at FROM consent_decisions WHERE patient_id = :patient
            ORDER BY decided_at DESC, id DESC
            """)
        .bind("patient", patient)
        .map(
            (row, context) ->
                new Entry(
                    Purpose.of(row.getString(1)).orElseThrow(),
                    Decision.of(row.getString(2)).orElseThrow(),
                    row.getObject(3, OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant()))
        .list();
  }
}
