package fovea.registry;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The jobs' side of the registry; every status step names the status it starts from. */
final class PostgresJobRegistry implements JobRegistry {
  private final RegistrySettings settings;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  PostgresJobRegistry(RegistrySettings settings, HikariDataSource pool) {
    this.settings = settings;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  @Override
  public RegistrySettings settings() {
    return settings;
  }

  @Override
  public void recordOutcomes(List<UploadOutcome> outcomes) {
    jdbi.useTransaction(handle -> Outcomes.record(handle, outcomes));
  }

  @Override
  public List<ArchiveMember> registerMembers(
      String table, UUID archive, List<ArchiveMember> members, int mostPhotos) {
    return jdbi.inTransaction(
        handle -> Members.register(handle, table, archive, members, mostPhotos));
  }

  @Override
  public int advanceIngestedSessions() {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                """
                UPDATE sessions s SET status = 'ingested', updated_at = now()
                WHERE s.status = 'uploaded' AND NOT EXISTS (
                  SELECT FROM session_files f
                  WHERE f.session_id = s.id AND f.status IN ('requested', 'uploaded'))
                """));
  }

  @Override
  public List<SessionFile> acceptedFiles(UUID session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, kind, name, object_key, sha256 FROM session_files
                    WHERE session_id = :session AND status = 'accepted' ORDER BY name COLLATE "C"
                    """)
                .bind("session", session)
                .map(
                    (row, context) ->
                        new SessionFile(
                            row.getObject("id", UUID.class),
                            row.getString("kind"),
                            row.getString("name"),
                            row.getString("object_key"),
                            Optional.ofNullable(row.getString("sha256")).orElse("")))
                .list());
  }

  @Override
  public void recordVerdicts(UUID session, List<PhotoVerdict> verdicts) {
    jdbi.useTransaction(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  UPDATE session_files SET grade = :grade, advice = nullif(:advice, '')
                  WHERE session_id = :session AND name = :name
                  """);
          for (PhotoVerdict verdict : verdicts) {
            batch
                .bind("session", session)
                .bind("name", verdict.name())
                .bind("grade", verdict.grade())
                .bind("advice", verdict.advice())
                .add();
          }
          batch.execute();
        });
  }

  @Override
  public void recordTraining(TrainingLog log) {
    jdbi.useTransaction(
        handle -> {
          insertTraining(handle, log);
          ModelSteps.begin(handle, log.run());
        });
  }

  private static void insertTraining(Handle handle, TrainingLog log) {
    handle
        .createUpdate(
            """
            INSERT INTO model_training_logs (id, architecture, metrics, dataset, artifact_key)
            VALUES (:run, :architecture, CAST(:metrics AS jsonb), CAST(:dataset AS jsonb), :key)
            ON CONFLICT (id) DO UPDATE SET architecture = excluded.architecture,
              metrics = excluded.metrics, dataset = excluded.dataset,
              artifact_key = excluded.artifact_key
            """)
        .bind("run", log.run())
        .bind("architecture", log.architecture())
        .bind("metrics", log.metricsJson())
        .bind("dataset", log.datasetJson())
        .bind("key", log.artifactKey())
        .execute();
  }

  @Override
  public Optional<TrainingLog> latestTraining() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, architecture, metrics, dataset, artifact_key
                    FROM model_training_logs ORDER BY created_at DESC, id LIMIT 1
                    """)
                .map(
                    (row, context) ->
                        new TrainingLog(
                            row.getObject("id", UUID.class),
                            row.getString("architecture"),
                            row.getString("metrics"),
                            row.getString("dataset"),
                            row.getString("artifact_key")))
                .findOne());
  }

  @Override
  public void recordBiasReport(BiasReports.Compared compared) {
    jdbi.useHandle(handle -> BiasReports.record(handle, compared));
  }

  @Override
  public SessionLeases sessionLeases() {
    return new SessionLeases(jdbi);
  }

  @Override
  public TrainedModels trainedModels() {
    return new TrainedModels(jdbi);
  }

  @Override
  public void close() {
    pool.close();
  }
}
