package fovea.train;

import fovea.contract.model.ModelArtifact;
import fovea.registry.JobRegistry;
import fovea.registry.RegistrySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps training logs in memory, newest last; knows no sessions. */
final class InMemoryRegistry implements JobRegistry {
  final List<TrainingLog> logs = new ArrayList<>();
  private final RegistrySettings settings;

  InMemoryRegistry(RegistrySettings settings) {
    this.settings = settings;
  }

  @Override
  public RegistrySettings settings() {
    return settings;
  }

  @Override
  public void recordTraining(TrainingLog log) {
    logs.removeIf(old -> old.run().equals(log.run()));
    logs.add(log);
  }

  @Override
  public Optional<TrainingLog> latestTraining() {
    return logs.isEmpty() ? Optional.empty() : Optional.of(logs.get(logs.size() - 1));
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
    throw new UnsupportedOperationException();
  }

  @Override
  public List<PendingSession> sessionsToReconstruct(int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<SessionFile> acceptedFiles(UUID session) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean startProcessing(UUID session) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void reportProgress(UUID session, String stage, int percent) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int completeSession(UUID session, ModelArtifact model, int version, String metricsJson) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int nextModelVersion(UUID session) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void failSession(UUID session, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
