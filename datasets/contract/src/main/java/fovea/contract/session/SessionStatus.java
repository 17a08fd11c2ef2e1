package fovea.contract.session;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a photo session stands. Statuses move only along {@link #next()}; a terminal status never
 * reverts.
 */
public enum SessionStatus {
  /** Made by the API; no photo yet. */
  CREATED,
  /** At least one upload was asked for. */
  UPLOADING,
  /** The uploader has declared the session complete; ingest may take it. */
  UPLOADED,
  /** Every photo has its row in {@code captures}; reconstruction may take it. */
  INGESTED,
  /** A reconstruction holds it. */
  PROCESSING,
  /** Has a model. */
  COMPLETED,
  /** Ended without a model; the reason is kept. */
  FAILED,
  /** Withdrawn by a person. */
  CANCELLED;

  /** The statuses that may follow this one. */
  public Set<SessionStatus> next() {
    return switch (this) {
      // At once to COMPLETED: the model was made elsewhere and brought in.
      case CREATED -> EnumSet.of(UPLOADING, COMPLETED, CANCELLED);
      case UPLOADING -> EnumSet.of(UPLOADED, COMPLETED, CANCELLED);
      case UPLOADED -> EnumSet.of(INGESTED, FAILED, CANCELLED);
      case INGESTED -> EnumSet.of(PROCESSING, FAILED, CANCELLED);
      // Back to INGESTED: a lease that expired is handed out again.
      case PROCESSING -> EnumSet.of(COMPLETED, FAILED, CANCELLED, INGESTED);
      case COMPLETED, FAILED, CANCELLED -> EnumSet.noneOf(SessionStatus.class);
    };
  }

  /** Whether the step from this status to {@code other} is allowed. */
  public boolean mayBecome(SessionStatus other) {
    return next().contains(other);
  }

  /** Whether nothing can follow. */
  public boolean terminal() {
    return next().isEmpty();
  }

  /** As stored and served: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a stored word. */
  public static SessionStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
