package fovea.reconstruct;

import fovea.contract.capture.ObjectKey;
import fovea.contract.model.ModelArtifact;
import fovea.objects.ObjectStore;
import fovea.registry.JobRegistry;
import fovea.registry.RegistrySettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A registry and an object store in this JVM's memory, shared by all who open them. */
final class MemoryStores implements SessionStores {
  private static final long serialVersionUID = 1L;

  static final Map<String, byte[]> OBJECTS = new ConcurrentHashMap<>();
  static final Map<UUID, String> STATUS = new ConcurrentHashMap<>();
  static final Map<UUID, List<JobRegistry.SessionFile>> FILES = new ConcurrentHashMap<>();
  static final Map<UUID, String> REASONS = new ConcurrentHashMap<>();
  static final Map<UUID, ModelArtifact> MODELS = new ConcurrentHashMap<>();
  static final List<Integer> PERCENTS = java.util.Collections.synchronizedList(new ArrayList<>());

  static void clear() {
    List.of(OBJECTS, STATUS, FILES, REASONS, MODELS).forEach(Map::clear);
    PERCENTS.clear();
  }

  static UUID session(Path folder) throws IOException {
    UUID session = UUID.randomUUID();
    List<JobRegistry.SessionFile> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        String key = "identified/sessions/" + UUID.randomUUID();
        OBJECTS.put(key, Files.readAllBytes(file));
        String name = file.getFileName().toString();
        String kind = name.endsWith(".png") ? "photo" : "poses";
        files.add(new JobRegistry.SessionFile(UUID.randomUUID(), kind, name, key, ""));
      }
    }
    FILES.put(session, files);
    STATUS.put(session, "ingested");
    return session;
  }

  @Override
  public ObjectStore objects() {
    return new Objects();
  }

  @Override
  public JobRegistry registry() {
    return new Registry();
  }

  private static final class Registry implements JobRegistry {
    @Override
    public RegistrySettings settings() {
      return new RegistrySettings("memory", "", "");
    }

    @Override
    public void registerMembers(String table, UUID archive, List<ArchiveMember> members) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void recordOutcomes(List<UploadOutcome> outcomes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int advanceIngestedSessions() {
      return 0;
    }

    @Override
    public List<PendingSession> sessionsToReconstruct(int most) {
      return STATUS.entrySet().stream()
          .filter(e -> e.getValue().equals("ingested"))
          .limit(most)
          .map(e -> new PendingSession(e.getKey(), new UUID(0, 1)))
          .toList();
    }

    @Override
    public List<SessionFile> acceptedFiles(UUID session) {
      return FILES.get(session);
    }

    @Override
    public boolean startProcessing(UUID session) {
      return STATUS.replace(session, "ingested", "processing");
    }

    @Override
    public void reportProgress(UUID session, String stage, int percent) {
      PERCENTS.add(percent);
    }

    @Override
    public int completeSession(UUID session, ModelArtifact model, int version, String metricsJson) {
      STATUS.replace(session, "processing", "completed");
      MODELS.put(session, model);
      return version;
    }

    @Override
    public int nextModelVersion(UUID session) {
      return 1;
    }

    @Override
    public void failSession(UUID session, String reason) {
      STATUS.replace(session, "processing", "failed");
      REASONS.put(session, reason);
    }

    @Override
    public void recordTraining(TrainingLog log) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TrainingLog> latestTraining() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  private static final class Objects implements ObjectStore {
    @Override
    public void ensureBucket() {}

    @Override
    public Stream<StoredObject> list(String prefix) {
      return OBJECTS.keySet().stream()
          .filter(k -> k.startsWith(prefix))
          .sorted()
          .map(k -> find(new ObjectKey(k)).orElseThrow());
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) {
      return Optional.ofNullable(OBJECTS.get(key.path()))
          .map(b -> new StoredObject(key, b.length, Instant.EPOCH));
    }

    @Override
    public Optional<byte[]> read(ObjectKey key, long mostBytes) {
      return Optional.ofNullable(OBJECTS.get(key.path()));
    }

    @Override
    public InputStream stream(ObjectKey key) {
      return new ByteArrayInputStream(OBJECTS.get(key.path()));
    }

    @Override
    public void write(ObjectKey key, byte[] content, String mediaType) {
      OBJECTS.put(key.path(), content);
    }

    @Override
    public void write(ObjectKey key, Path file, String mediaType) {
      try {
        OBJECTS.put(key.path(), Files.readAllBytes(file));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    @Override
    public void delete(ObjectKey key) {
      OBJECTS.remove(key.path());
    }

    @Override
    public PresignedUpload presignUpload(
        ObjectKey key, String mediaType, long bytes, Duration lifetime) {
      throw new UnsupportedOperationException();
    }

    @Override
    public URI presignDownload(ObjectKey key, Duration lifetime) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
