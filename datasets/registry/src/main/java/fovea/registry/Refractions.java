package fovea.registry;

import fovea.contract.refraction.RefractiveError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Refractions of eyes. */
public final class Refractions {
  private static final String SELECT =
      """
      SELECT r.id, r.sphere, r.cylinder, r.axis, r.axial_length, r.intraocular_pressure,
        r.diagnosis, r.acuity, r.created_at
      FROM refractive_measurements r
      """;

  private final Handle handle;
  private final Actor actor;
  private final Audit audit;

  Refractions(Handle handle, Actor actor, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.audit = audit;
  }

  /** Records a refraction; one that agrees in every value with an earlier one is that one. */
  public Made create(UUID eye, Measurement measured) {
    new Eyes(handle, actor, audit).require(eye);
    Optional<UUID> id =
        bound(
                handle.createQuery(
                    """
                    INSERT INTO refractive_measurements (organization_id, eye_id, sphere, cylinder,
                      axis, axial_length, intraocular_pressure, diagnosis, acuity, created_by)
                    VALUES (:organization, :eye, :sphere, :cylinder, :axis, :length, :pressure,
                      :diagnosis, :acuity, :user)
                    ON CONFLICT DO NOTHING RETURNING id
                    """),
                eye,
                measured)
            .bind("organization", actor.organization())
            .bind("user", actor.user())
            .mapTo(UUID.class)
            .findOne();
    id.ifPresent(made -> audit.record("create_refraction", "refractive_measurements", made));
    return id.map(made -> new Made(made, true)).orElseGet(() -> same(eye, measured));
  }

  /**
   * What was measured of an eye, the newest first.
   *
   * @throws fovea.contract.errors.CallerMistake where there is no such eye
   */
  public Page<Recorded> page(UUID eye, PageRequest request) {
    new Eyes(handle, actor, audit).require(eye);
    return Listing.of(handle, SELECT, "r")
        .where("r.eye_id = :eye", "eye", Optional.of(eye))
        .newestFirst(
            request, (row, context) -> recorded(row), r -> new Position(r.createdAt(), r.id()));
  }

  private static Recorded recorded(ResultSet row) throws SQLException {
    return new Recorded(
        row.getObject("id", UUID.class),
        new Measurement(
            new RefractiveError(
                row.getDouble("sphere"), row.getDouble("cylinder"), row.getDouble("axis")),
            row.getObject("axial_length", Double.class),
            row.getObject("intraocular_pressure", Double.class),
            row.getString("diagnosis"),
            row.getObject("acuity", Double.class)),
        Listing.instant(row, "created_at"));
  }

  private Made same(UUID eye, Measurement measured) {
    return bound(
            handle.createQuery(
                """
                SELECT id FROM refractive_measurements WHERE eye_id = :eye
                  AND (sphere, cylinder, axis) = (:sphere, :cylinder, :axis)
                  AND axial_length IS NOT DISTINCT FROM :length
                  AND intraocular_pressure IS NOT DISTINCT FROM :pressure
                  AND diagnosis IS NOT DISTINCT FROM :diagnosis
                  AND acuity IS NOT DISTINCT FROM :acuity
                """),
            eye,
            measured)
        .mapTo(UUID.class)
        .map(id -> new Made(id, false))
        .one();
  }

  private static <S extends SqlStatement<S>> S bound(S statement, UUID eye, Measurement measured) {
    return statement
        .bind("eye", eye)
        .bind("sphere", measured.refraction().sphere())
        .bind("cylinder", measured.refraction().cylinder())
        .bind("axis", measured.refraction().axis())
        .bind("length", measured.axialLength())
        .bind("pressure", measured.intraocularPressure())
        .bind("diagnosis", measured.diagnosis())
        .bind("acuity", measured.acuity());
  }

  /**
   * A measured eye.
   *
   * @param axialLength millimetres, 10 to 45
   * @param intraocularPressure mmHg, 0 to 100
   * @param acuity best corrected, as logMAR, -0.5 to 3; 0 is 6/6
   */
  public record Measurement(
      RefractiveError refraction,
      @Nullable Double axialLength,
      @Nullable Double intraocularPressure,
      @Nullable String diagnosis,
      @Nullable Double acuity) {}

  /** A measurement, and when it was recorded. */
  public record Recorded(UUID id, Measurement measured, Instant createdAt) {}
}
