package fovea.ingest;

import fovea.contract.capture.ObjectKey;
import fovea.ingest.Platform.Acknowledged;
import fovea.lake.Captures;
import fovea.objects.ObjectStore.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * What must hold of one organisation whatever failed, judged from outside only: the clients' log of
 * acknowledgements, the objects as listed, the table at a version, Postgres.
 *
 * <ul>
 *   <li>I1 every acknowledged upload is in captures exactly once, with the hash of what was put
 *   <li>I2 no row lacks an upload that was attempted
 *   <li>I3 the object of every row exists and hashes to the row's value
 *   <li>R the registry says of every acknowledged upload what its row says
 * </ul>
 */
final class Invariants {
  private static final int MOST_BYTES = 200 << 20;

  private final Platform platform;
  private final String organization;
  private final List<Acknowledged> log;
  private final Map<String, List<Row>> rows;
  private final Map<String, String> objects;
  private final Map<String, List<String>> broken = new TreeMap<>();

  private Invariants(Platform platform, UUID organization, long version) {
    this.platform = platform;
    this.organization = organization.toString();
    log = platform.log.stream().filter(a -> a.organization().equals(organization)).toList();
    rows =
        Captures.in(platform.lake)
            .rowsAt(version)
            .where("organization_id = '" + organization + "'")
            .select("image_id", "object_key", "sha256", "status")
            .collectAsList()
            .stream()
            .collect(Collectors.groupingBy(row -> row.getString(0)));
    objects = hashes();
  }

  /** Checks and prints; what is broken by invariant, each with the ids; empty where all hold. */
  static Map<String, List<String>> broken(Platform platform, UUID organization) {
    long version = Captures.in(platform.lake).version();
    Invariants check = new Invariants(platform, organization, version);
    check.log.forEach(check::acknowledged);
    check.rows.forEach((id, same) -> same.forEach(row -> check.row(id, row)));
    System.out.printf(
        "captures version %d: %d acknowledged, %d rows, %d objects: %s%n",
        version,
        check.log.size(),
        check.rows.values().stream().mapToInt(List::size).sum(),
        check.objects.size(),
        check.broken.isEmpty() ? "I1 I2 I3 R hold" : "BROKEN " + check.broken);
    return check.broken;
  }

  private void acknowledged(Acknowledged upload) {
    String id = upload.id().toString();
    List<Row> found = rows.getOrDefault(id, List.of());
    if (found.size() != 1) {
      tell("I1", id + " has " + found.size() + " rows");
      return;
    }
    String hash = found.get(0).getString(2);
    if (!Objects.equals(hash, upload.sha256().orElse(null))) {
      tell("I1", id + " has the hash " + hash);
    }
    String registered = registered(id);
    if (!registered.equals(found.get(0).getString(3))) {
      tell("R", id + " is " + registered + ", its row " + found.get(0).getString(3));
    }
  }

  private void row(String id, Row row) {
    boolean attempted =
        !platform
            .ask(
                "SELECT id FROM fundus_images WHERE id = ?::uuid AND organization_id = ?::uuid"
                    + " UNION ALL SELECT id FROM session_files WHERE id = ?::uuid"
                    + " AND organization_id = ?::uuid",
                id,
                organization,
                id,
                organization)
            .isEmpty();
    if (!attempted) {
      tell("I2", id + " was never attempted");
    }
    String hash = objects.get(row.getString(1));
    if (!Objects.equals(hash, row.getString(2))) {
      tell("I3", id + " says " + row.getString(2) + ", its object " + hash);
    }
  }

  private String registered(String id) {
    return platform.ask(
        "SELECT status FROM fundus_images WHERE id = ?::uuid"
            + " UNION ALL SELECT status FROM session_files WHERE id = ?::uuid",
        id,
        id);
  }

  private void tell(String invariant, String what) {
    broken.computeIfAbsent(invariant, name -> new ArrayList<>()).add(what);
  }

  private Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    for (String prefix : List.of(ObjectKey.FUNDUS, ObjectKey.SESSIONS)) {
      try (Stream<StoredObject> listed = platform.objects.list(prefix)) {
        listed
            .map(StoredObject::key)
            .filter(key -> key.path().contains(organization))
            .forEach(key -> hashes.put(key.path(), hash(key)));
      }
    }
    return hashes;
  }

  private String hash(ObjectKey key) {
    return Pictures.sha256(platform.objects.read(key, MOST_BYTES).orElseThrow());
  }
}
