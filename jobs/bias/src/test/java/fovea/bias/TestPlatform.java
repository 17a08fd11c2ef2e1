package fovea.bias;

import fovea.contract.capture.ObjectKey;
import fovea.contract.model.ModelArtifact;
import fovea.objects.ObjectStore;
import fovea.registry.JobRegistry;
import fovea.registry.RegistrySettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A real Postgres with the product's schema, and objects in memory. */
final class TestPlatform implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  final Objects objects = new Objects();

  TestPlatform() throws IOException, SQLException {
    postgres = EmbeddedPostgres.start();
    sql(resource("/fovea/registry/migrations/V001__registry.sql"));
    // As in production, the jobs' user is no owner and sees columns it was granted, not names.
    sql("CREATE ROLE bias_test LOGIN PASSWORD 'test' IN ROLE fovea_jobs");
  }

  void sql(String statements) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  JobRegistry registry() {
    String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    return new ConnectionOnly(new RegistrySettings(url, "bias_test", "test"));
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = JobRegistry.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Objects in memory: what a report needs, and nothing that signs. */
  static final class Objects implements ObjectStore {
    private final Map<String, byte[]> contents = new TreeMap<>();

    @Override
    public Stream<StoredObject> list(String prefix) {
      return contents.entrySet().stream()
          .filter(e -> e.getKey().startsWith(prefix))
          .map(
              e -> new StoredObject(new ObjectKey(e.getKey()), e.getValue().length, Instant.EPOCH));
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) {
      return list(key.path()).filter(o -> o.key().equals(key)).findFirst();
    }

    @Override
    public Optional<byte[]> read(ObjectKey key, long mostBytes) {
      return Optional.ofNullable(contents.get(key.path()));
    }

    @Override
    public InputStream stream(ObjectKey key) {
      return new ByteArrayInputStream(contents.get(key.path()));
    }

    @Override
    public void write(ObjectKey key, byte[] content, String mediaType) {
      contents.put(key.path(), content.clone());
    }

    @Override
    public void write(ObjectKey key, Path file, String mediaType) {
      try {
        contents.put(key.path(), Files.readAllBytes(file));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    @Override
    public void delete(ObjectKey key) {
      contents.remove(key.path());
    }

    @Override
    public PresignedUpload presignUpload(
        ObjectKey key, String mediaType, long bytes, Duration lifetime) {
      throw new UnsupportedOperationException("memory signs nothing");
    }

    @Override
    public URI presignDownload(ObjectKey key, Duration lifetime) {
      throw new UnsupportedOperationException("memory signs nothing");
    }

    @Override
    public void close() {}
  }

  private record ConnectionOnly(RegistrySettings settings) implements JobRegistry {
    private static UnsupportedOperationException notForBias() {
      return new UnsupportedOperationException("the bias job only reads, through Spark");
    }

    @Override
    public void recordOutcomes(List<UploadOutcome> outcomes) {
      throw notForBias();
    }

    @Override
    public int advanceIngestedSessions() {
      throw notForBias();
    }

    @Override
    public List<PendingSession> sessionsToReconstruct(int most) {
      throw notForBias();
    }

    @Override
    public List<SessionFile> acceptedFiles(UUID session) {
      throw notForBias();
    }

    @Override
    public boolean startProcessing(UUID session) {
      throw notForBias();
    }

    @Override
    public void reportProgress(UUID session, String stage, int percent) {
      throw notForBias();
    }

    @Override
    public int completeSession(UUID session, ModelArtifact model, int version, String metricsJson) {
      throw notForBias();
    }

    @Override
    public int nextModelVersion(UUID session) {
      throw notForBias();
    }

    @Override
    public void failSession(UUID session, String reason) {
      throw notForBias();
    }

    @Override
    public void recordTraining(TrainingLog log) {
      throw notForBias();
    }

    @Override
    public Optional<TrainingLog> latestTraining() {
      throw notForBias();
    }

    @Override
    public void close() {}
  }
}
