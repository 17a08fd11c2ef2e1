package fovea.registry;

import static fovea.contract.session.SessionStatus.FAILED;

import com.zaxxer.hikari.HikariDataSource;
import fovea.contract.model.ModelArtifact;
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
  public List<PendingSession> sessionsToReconstruct(int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, organization_id FROM sessions WHERE status = 'ingested'
                    ORDER BY created_at, id LIMIT :most
                    """)
                .bind("most", most)
                .map(
                    (row, context) ->
                        new PendingSession(
                            row.getObject("id", UUID.class),
                            row.getObject("organization_id", UUID.class)))
                .list());
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
  public boolean startProcessing(UUID session) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(
                        """
                        UPDATE sessions SET status = 'processing', stage = 'starting', percent = 0,
                          updated_at = now()
                        WHERE id = :session AND status = 'ingested'
                        """)
                    .bind("session", session)
                    .execute()
                == 1);
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
  public void reportProgress(UUID session, String stage, int percent) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE sessions SET stage = left(:stage, 50), percent = :percent,
                      updated_at = now()
                    WHERE id = :session AND status = 'processing'
                    """)
                .bind("session", session)
                .bind("stage", stage)
                .bind("percent", Math.max(0, Math.min(100, percent)))
                .execute());
  }

  @Override
  public int completeSession(UUID session, ModelArtifact model, int version, String metricsJson) {
    jdbi.useTransaction(
        handle -> Publication.publish(handle, session, model, version, metricsJson));
    return version;
  }

  @Override
  public int nextModelVersion(UUID session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT coalesce(max(version), 0) + 1 FROM models WHERE session_id = :session")
                .bind("session", session)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public void failSession(UUID session, String reason) {
    jdbi.useTransaction(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      """
                      UPDATE sessions SET status = 'failed', failure_reason = :reason,
                        updated_at = now()
                      WHERE id = :session AND status IN (<before>)
                      """)
                  .bindList("before", Steps.before(FAILED))
                  .bind("session", session)
                  .bind("reason", reason)
                  .execute();
          if (changed == 1) {
            JobAudit.record(handle, "fail_session", "sessions", session);
          }
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
  public TrainedModels trainedModels() {
    return new TrainedModels(jdbi);
  }

  @Override
  public void close() {
    pool.close();
  }
}
