package fovea.registry;

import fovea.contract.capture.ObjectKey;
import fovea.contract.capture.RejectionReason;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a job may ask of the registry and tell it. Jobs see every organisation; they connect as a
 * member of {@code fovea_jobs}.
 */
public interface JobRegistry extends AutoCloseable {

  /** Opens a small pool. */
  static JobRegistry open(RegistrySettings settings) {
    return JobRegistries.open(settings);
  }

  /** The connection, for Spark's JDBC reader and for executors. */
  RegistrySettings settings();

  /** Records what became of uploads, in one batch; repeating it changes nothing. */
  void recordOutcomes(List<UploadOutcome> outcomes);

  /**
   * Registers the files of an uploaded archive as uploads of their own, in one transaction, and how
   * many there are; repeating it changes nothing. Photographs for which the session has no room are
   * kept out.
   *
   * @param table {@code fundus_images} or {@code session_files}
   * @param members all of them, those that were kept out too
   * @param mostPhotos the cap of a session
   * @return the members as they are registered, in the same order
   */
  List<ArchiveMember> registerMembers(
      String table, UUID archive, List<ArchiveMember> members, int mostPhotos);

  /**
   * Moves every {@code uploaded} session whose files all have an outcome to {@code ingested}.
   *
   * @return how many moved
   */
  int advanceIngestedSessions();

  /** The accepted files of a session, in name order. */
  List<SessionFile> acceptedFiles(UUID session);

  /** Keeps what the session gate says of photographs; repeating it replaces what it said. */
  void recordVerdicts(UUID session, List<PhotoVerdict> verdicts);

  /** Records a training run; repeating a run's id replaces its row. */
  void recordTraining(TrainingLog log);

  /** The newest training run, or empty. */
  Optional<TrainingLog> latestTraining();

  /** Says that there is a bias report; repeating it changes nothing. */
  void recordBiasReport(BiasReports.Compared compared);

  /** Who reconstructs which session, and how that ends. */
  SessionLeases sessionLeases();

  /** Where trained networks stand, and what their gates said. */
  TrainedModels trainedModels();

  @Override
  void close();

  /**
   * What became of one upload.
   *
   * @param table {@code fundus_images} or {@code session_files}
   * @param status {@code accepted}, {@code quarantined}, {@code duplicate} or {@code expanded}
   * @param reasonCode empty when accepted
   * @param reason one sentence, empty when accepted
   * @param sha256 of the bytes found; empty where there were none
   * @param duplicateOf the first image of the same content, for duplicates
   */
  record UploadOutcome(
      String table,
      UUID id,
      String status,
      String reasonCode,
      String reason,
      String sha256,
      Optional<UUID> duplicateOf) {}

  /**
   * What the session gate says of one photograph.
   *
   * @param name as the uploader called it
   * @param grade {@code good}, {@code usable} or {@code reject}
   * @param advice sentences, empty where nothing is wrong
   */
  record PhotoVerdict(String name, String grade, String advice) {}

  /**
   * One file of an archive: what ingest is to look at, or what was kept out, with its reason.
   *
   * @param name of a session's file; where another file has it already, {@code spareName} is taken
   * @param key where its bytes lie, or would have
   * @param sha256 lower-case hexadecimal; empty where its bytes were not kept
   * @param reasonCode empty where ingest is to look at it
   * @param reason one sentence; empty where ingest is to look at it
   */
  record ArchiveMember(
      UUID id,
      String name,
      String spareName,
      ObjectKey key,
      String mediaType,
      long bytes,
      String sha256,
      String reasonCode,
      String reason) {

    /** Whether ingest is to look at it. */
    public boolean isTaken() {
      return reasonCode.isEmpty();
    }

    ArchiveMember keptOut(RejectionReason why) {
      return new ArchiveMember(
          id, name, spareName, key, mediaType, bytes, sha256, why.code(), why.sentence());
    }
  }

  /** A session that waits for reconstruction. */
  record PendingSession(UUID session, UUID organization) {}

  /**
   * One accepted file of a session.
   *
   * @param kind {@code photo} or {@code poses}
   * @param name as the uploader called it: what poses refer to
   */
  record SessionFile(UUID id, String kind, String name, String objectKey, String sha256) {}

  /**
   * One training run.
   *
   * @param metricsJson a JSON object of held-out metrics
   * @param datasetJson a JSON object: query, Delta versions, split, seed
   * @param artifactKey the object key of the network's parameters
   */
  record TrainingLog(
      UUID run, String architecture, String metricsJson, String datasetJson, String artifactKey) {}
}
