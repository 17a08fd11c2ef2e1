package fovea.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Bias reports; they belong to no organisation. */
public final class BiasReports {
  private static final String SELECT =
      """
      SELECT b.id, b.training_run, b.images, b.patients, b.finding, b.created_at
      FROM bias_reports b
      """;

  private final Handle handle;

  BiasReports(Handle handle) {
    this.handle = handle;
  }

  static void record(Handle handle, Compared compared) {
    handle
        .createUpdate(
            """
            INSERT INTO bias_reports (id, training_run, images, patients, finding)
            VALUES (:id, :run, :images, :patients, :finding) ON CONFLICT DO NOTHING
            """)
        .bind("id", compared.report())
        .bind("run", compared.trainingRun())
        .bind("images", compared.images())
        .bind("patients", compared.patients())
        .bind("finding", compared.finding())
        .execute();
  }

  /** Reports, the newest first. */
  public Page<BiasReport> page(Optional<String> trainingRun, Period made, PageRequest request) {
    return Listing.of(handle, SELECT, "b")
        .where("b.training_run = :run", "run", trainingRun)
        .where(made)
        .newestFirst(
            request, (row, context) -> report(row), b -> new Position(b.createdAt(), b.id()));
  }

  /** One report. */
  public Optional<BiasReport> find(UUID id) {
    return handle
        .createQuery(SELECT + " WHERE b.id = :id")
        .bind("id", id)
        .map((row, context) -> report(row))
        .findOne();
  }

  private static BiasReport report(ResultSet row) throws SQLException {
    return new BiasReport(
        row.getObject("id", UUID.class),
        row.getString("training_run"),
        row.getLong("images"),
        row.getLong("patients"),
        row.getString("finding"),
        Listing.instant(row, "created_at"));
  }

  /**
   * What a report compared.
   *
   * @param trainingRun whose predictions it looked at; null where it looked at data only
   * @param finding the largest gap, in one sentence
   */
  public record Compared(
      UUID report, @Nullable String trainingRun, long images, long patients, String finding) {}

  /**
   * One report.
   *
   * @param trainingRun whose predictions it looked at; null where it looked at data only
   * @param finding the largest gap, in one sentence
   */
  public record BiasReport(
      UUID id,
      @Nullable String trainingRun,
      long images,
      long patients,
      String finding,
      Instant createdAt) {}
}
