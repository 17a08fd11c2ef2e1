package fovea.contract.capture;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The names of objects, made by the server from UUIDs and dates only: nothing a client sent ever
 * becomes part of a key. Days come before organisations so that a listing of what is new does not
 * grow with what is old.
 *
 * <pre>
 * research/fundus/{yyyy-MM-dd}/{organization}/{image}                 retinal photographs as uploaded
 * identified/sessions/{yyyy-MM-dd}/{organization}/{session}/{file}    photographs of faces, and their poses
 * identified/checkpoints/{session}                                    a reconstruction that was not yet ended
 * models/{session}/{version}/{file}                                   3D models, served by CDN or signed URL
 * networks/{run}/{file}                                               trained networks
 * reports/{job}/{run}/{file}                                          reports of jobs
 * audit/{organization}/{first}-{last}.ndjson.gz                       audit rows too old for the registry
 * lake/{table}/...                                                    Delta tables
 * </pre>
 */
public record ObjectKey(String path) {

  /** The prefix of retinal photographs. */
  public static final String FUNDUS = "research/fundus/";

  /** The prefix of the identified zone: sessions of faces. */
  public static final String SESSIONS = "identified/sessions/";

  /** The prefix of trained networks. */
  public static final String NETWORKS = "networks/";

  /** The prefix of 3D models. */
  public static final String MODELS = "models/";

  private static final String CHECKPOINT = "checkpoint";

  /** The prefix under which the Delta tables lie. */
  public static final String LAKE = "lake/";

  /** The key of an uploaded retinal photograph. */
  public static ObjectKey fundus(LocalDate day, UUID organization, UUID image) {
    return new ObjectKey(FUNDUS + day + "/" + organization + "/" + image);
  }

  /** The key of one file (photograph or poses) of a session. */
  public static ObjectKey sessionFile(LocalDate day, UUID organization, UUID session, UUID file) {
    return new ObjectKey(SESSIONS + day + "/" + organization + "/" + session + "/" + file);
  }

  /** The key of another upload of the same day, organisation and session. */
  public ObjectKey beside(UUID upload) {
    return new ObjectKey(path.substring(0, path.lastIndexOf('/') + 1) + upload);
  }

  /** The key of what a session's reconstruction needs to go on; it is gone when that has ended. */
  public static ObjectKey checkpoint(UUID session) {
    return new ObjectKey("identified/checkpoints/" + session);
  }

  /** The key of a model file: {@code file} is server-made, for example {@code model.ply}. */
  public static ObjectKey model(UUID session, int version, String file) {
    return new ObjectKey(MODELS + session + "/" + version + "/" + serverMade(file));
  }

  /** Whether it is a file of a 3D model: written once, never replaced. */
  public boolean isModel() {
    return path.startsWith(MODELS);
  }

  /** The key of a trained network's file. */
  public static ObjectKey network(UUID run, String file) {
    return new ObjectKey(NETWORKS + run + "/" + serverMade(file));
  }

  /** The key of what a training has reached that has not ended yet. */
  public static ObjectKey networkCheckpoint(UUID run) {
    return network(run, CHECKPOINT);
  }

  /** The run of a {@link #networkCheckpoint}, or empty for any other path. */
  public static Optional<UUID> parseNetworkCheckpoint(String path) {
    List<String> parts = List.of(path.split("/", -1));
    if (!path.startsWith(NETWORKS) || parts.size() != 3 || !parts.get(2).equals(CHECKPOINT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(parts.get(1)));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** The key of a job's report. */
  public static ObjectKey report(String job, UUID run, String file) {
    return new ObjectKey("reports/" + serverMade(job) + "/" + run + "/" + serverMade(file));
  }

  /** The key of archived audit rows, by their first and last position in the chain. */
  public static ObjectKey audit(UUID organization, long first, long last) {
    return new ObjectKey("audit/" + organization + "/" + first + "-" + last + ".ndjson.gz");
  }

  /** The parts of a retinal photograph's key, or empty for any other path. */
  public static Optional<FundusKey> parseFundus(String path) {
    List<String> parts = List.of(path.split("/", -1));
    if (!path.startsWith(FUNDUS) || parts.size() != 5) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FundusKey(
              LocalDate.parse(parts.get(2)),
              UUID.fromString(parts.get(3)),
              UUID.fromString(parts.get(4))));
    } catch (DateTimeParseException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** The parts of {@code research/fundus/{day}/{organization}/{image}}. */
  public record FundusKey(LocalDate day, UUID organization, UUID image) {}

  private static String serverMade(String file) {
    if (!file.matches("[a-z0-9][a-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException("not a server-made file name: " + file);
    }
    return file;
  }

  @Override
  public String toString() {
    return path;
  }
}
