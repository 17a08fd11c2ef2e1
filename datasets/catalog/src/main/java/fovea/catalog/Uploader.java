package fovea.catalog;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.Limits;
import fovea.contract.capture.RejectionReason;
import fovea.contract.cohort.Laterality;
import fovea.contract.consent.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Uploads photographs, refractions and sessions through the API, patients and eyes first. Safe for
 * several threads; every patient and eye is asked for once.
 */
public final class Uploader {

  /** What became of one file or refraction. */
  public enum Outcome {
    /** It is new. */
    ADDED,
    /** The same was there before. */
    ALREADY_THERE
  }

  /**
   * One result.
   *
   * @param id the API's id of it
   * @param outcome whether it is new
   */
  public record Result(String id, Outcome outcome) {}

  private final ApiClient client;
  private final List<Purpose> allowed;
  private final ConcurrentMap<String, CompletableFuture<String>> patients =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> eyes = new ConcurrentHashMap<>();

  /**
   * Uploads through a client.
   *
   * @param allowed what every patient of the data set consented to
   */
  public Uploader(ApiClient client, List<Purpose> allowed) {
    this.client = client;
    this.allowed = List.copyOf(allowed);
  }

  /**
   * Uploads a photograph: patient, eye, ticket, PUT, completion.
   *
   * @throws Refused where the file cannot be an image of ours
   * @throws ApiRefusal where the API refuses it
   */
  public Result photograph(FundusItem item) {
    Bytes bytes = checked(item.file(), item.sha256());
    ImageFormat format = picture(bytes);
    String eye = eye(item.subject(), item.laterality());
    Ticket ticket = client.image(eye, item, bytes, format.mediaType());
    return deliver(ticket, item.file(), () -> client.completeImage(ticket.id()));
  }

  /**
   * Records a refraction.
   *
   * @throws ApiRefusal where the API refuses it
   */
  public Result refraction(RefractionItem item) {
    Made made =
        client.refraction(
            eye(item.subject(), item.laterality()),
            item.refraction(),
            item.axialLength(),
            item.intraocularPressure(),
            item.diagnosis());
    return new Result(made.id(), made.existed() ? Outcome.ALREADY_THERE : Outcome.ADDED);
  }

  /** Creates or finds the session of an item. */
  public Made session(SessionItem item) {
    @Nullable Subject subject = item.subject();
    @Nullable String patient = subject == null ? null : patient(subject);
    return client.session(item.session(), patient, item.metadata());
  }

  /**
   * Uploads one photograph of a session.
   *
   * @throws Refused where the file cannot be an image of ours
   * @throws ApiRefusal where the API refuses it
   */
  public Result sessionPhoto(String session, Path file) {
    Bytes bytes = checked(file, null);
    return sessionFile(session, "photo", file, picture(bytes).mediaType(), bytes);
  }

  /**
   * Uploads one file of poses or sparse points.
   *
   * @throws Refused where the file is empty or too large
   * @throws ApiRefusal where the API refuses it
   */
  public Result sessionPoses(String session, Path file) {
    return sessionFile(session, "poses", file, posesType(file), checked(file, null));
  }

  /** Creates or finds a session of another system. */
  Made session(LegacySession item) {
    return client.session(item);
  }

  /**
   * Brings in a model that was made elsewhere; it completes the session.
   *
   * @throws Refused where the file is empty or too large
   * @throws ApiRefusal where the API refuses it
   */
  Result model(String session, Path file) {
    Bytes bytes = checked(file, null);
    String name = String.valueOf(file.getFileName());
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Ticket ticket = client.model(session, format, bytes);
    return deliver(ticket, file, () -> client.model(session, format, bytes));
  }

  /** Declares a session complete. */
  public String submit(String session) {
    return client.submit(session);
  }

  private Result sessionFile(
      String session, String kind, Path file, String mediaType, Bytes bytes) {
    String name = String.valueOf(file.getFileName());
    Ticket ticket = client.sessionFile(session, kind, name, mediaType, bytes);
    return deliver(ticket, file, () -> client.completeFile(session, ticket.id()));
  }

  private Result deliver(Ticket ticket, Path file, Runnable complete) {
    Optional<Ticket.Target> target = ticket.target();
    if (target.isEmpty()) {
      return new Result(ticket.id(), Outcome.ALREADY_THERE);
    }
    client.put(target.get(), file);
    try {
      complete.run();
    } catch (ApiRefusal refusal) {
      if (refusal.status() != 409) {
        throw refusal;
      }
      // The store lost the bytes or cut them off: once more.
      client.put(target.get(), file);
      complete.run();
    }
    return new Result(ticket.id(), Outcome.ADDED);
  }

  private String patient(Subject subject) {
    return once(patients, subject.reference(), () -> allowing(client.patient(subject).id()));
  }

  // What somebody withdrew since an earlier import is not given back by this one.
  private String allowing(String patient) {
    if (!allowed.isEmpty()) {
      Set<String> decided = client.decided(patient);
      allowed.stream()
          .filter(purpose -> !decided.contains(purpose.word()))
          .forEach(purpose -> client.consent(patient, purpose));
    }
    return patient;
  }

  private String eye(Subject subject, Laterality laterality) {
    String patient = patient(subject);
    return once(eyes, patient + "/" + laterality, () -> client.eye(patient, laterality).id());
  }

  /** The first thread asks, the others wait for its answer; a failure is forgotten. */
  private static String once(
      ConcurrentMap<String, CompletableFuture<String>> known, String key, Supplier<String> ask) {
    CompletableFuture<String> mine = new CompletableFuture<>();
    CompletableFuture<String> first = known.putIfAbsent(key, mine);
    if (first != null) {
      try {
        return first.join();
      } catch (CompletionException failed) {
        return ask.get();
      }
    }
    try {
      mine.complete(ask.get());
    } catch (RuntimeException failed) {
      known.remove(key, mine);
      mine.completeExceptionally(failed);
      throw failed;
    }
    return mine.join();
  }

  private static Bytes checked(Path file, @Nullable String sha256) {
    Bytes bytes = read(file);
    if (bytes.size() == 0) {
      throw new Refused(RejectionReason.EMPTY_FILE);
    }
    if (bytes.size() > Limits.MAX_BYTES) {
      throw new Refused(RejectionReason.FILE_TOO_LARGE);
    }
    if (sha256 != null && !sha256.equals(bytes.sha256())) {
      throw new Refused(RejectionReason.HASH_MISMATCH);
    }
    return bytes;
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.of(file);
    } catch (IOException unreadable) {
      throw new Refused(RejectionReason.OBJECT_MISSING);
    }
  }

  private static ImageFormat picture(Bytes bytes) {
    return bytes.format().orElseThrow(() -> new Refused(RejectionReason.UNSUPPORTED_TYPE));
  }

  private static String posesType(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return "application/json";
    }
    return name.endsWith(".txt") ? "text/plain" : "application/octet-stream";
  }

  /** A file was refused before any of it was sent. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    Refused(RejectionReason reason) {
      super(reason.sentence());
      this.reason = reason;
    }

    /** Why. */
    public RejectionReason reason() {
      return reason;
    }
  }
}
