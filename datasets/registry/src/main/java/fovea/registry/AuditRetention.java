package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.registry.AuditChain.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterable;

/**
 * Old audit rows are moved to the object store: written, read back, and only then deleted. The
 * chain is cut at a seal, which the next row follows from as before.
 */
public final class AuditRetention {
  private static final int AT_ONCE = 1_000;

  // The last position before which no row is as young as the moment given.
  private static final String DUE =
      """
      SELECT s.organization_id, min(s.position) AS first,
        coalesce(min(s.position) FILTER (WHERE a.created_at >= :before), max(s.position) + 1) - 1
          AS last
      FROM audit_seals s JOIN audit_log a ON a.id = s.audit_id
      GROUP BY s.organization_id ORDER BY s.organization_id
      """;

  private static final String LINKS =
      """
      SELECT s.position, s.audit_id, s.hash, audit_text(a) AS text
      FROM audit_seals s JOIN audit_log a ON a.id = s.audit_id
      WHERE s.organization_id = :chain AND s.position BETWEEN :first AND :last
      ORDER BY s.position
      """;

  private AuditRetention() {}

  /**
   * Moves the rows from before a moment.
   *
   * @param owner the login that owns the tables
   * @return how many rows went
   * @throws CallerMistake where the rows do not follow from each other: evidence is not moved
   */
  public static long archive(RegistrySettings owner, Instant before, AuditArchives archives) {
    Jdbi jdbi = Jdbi.create(owner.url(), owner.user(), owner.password());
    List<Due> due =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(DUE)
                    .bind("before", before)
                    .map(
                        (row, context) ->
                            new Due(
                                row.getObject("organization_id", UUID.class),
                                row.getLong("first"),
                                row.getLong("last")))
                    .filter(found -> found.last() >= found.first())
                    .list());
    due.forEach(rows -> jdbi.useTransaction(handle -> move(handle, rows, archives)));
    return due.stream().mapToLong(rows -> rows.last() - rows.first() + 1).sum();
  }

  private static void move(Handle handle, Due due, AuditArchives archives) {
    // Who else archives finds the row of the cut and fails: nothing is deleted unwritten.
    handle.execute("SELECT pg_advisory_xact_lock(hashtext('fovea audit retention'))");
    String key = ObjectKey.audit(due.chain(), due.first(), due.last()).path();
    AuditWalk walk = new AuditWalk();
    AuditCut.all(handle).stream()
        .filter(cut -> cut.chain().equals(due.chain()))
        .forEach(cut -> cut.walk(archives, walk));
    try {
      Path file = Files.createTempFile("fovea-audit", ".ndjson.gz");
      try {
        String written = write(handle, due, file, walk);
        archives.write(key, file);
        requireSame(written, archives, key);
        cut(handle, due, walk.reached(due.chain()).hash(), key, written);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot archive audit rows", failed);
    }
  }

  private static String write(Handle handle, Due due, Path file, AuditWalk walk)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    try (OutputStream zipped =
            new GZIPOutputStream(new DigestOutputStream(Files.newOutputStream(file), digest));
        var iterator = links(handle, due).iterator()) {
      while (iterator.hasNext()) {
        Link link = iterator.next();
        walk.follow(link);
        String hash = HexFormat.of().formatHex(Objects.requireNonNull(link.hash()));
        String text = Objects.requireNonNull(link.text());
        long position = Objects.requireNonNull(link.position());
        zipped.write(new AuditCut.Line(position, link.id(), hash, text).json().getBytes(UTF_8));
      }
    }
    if (walk.fault().isPresent() || walk.reached(due.chain()).position() != due.last()) {
      throw new CallerMistake(
          "audit-broken",
          "the audit log is not as it was written: " + walk.fault().orElse("rows are missing"),
          "Look at it with ./fovea audit verify; nothing was moved");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static ResultIterable<Link> links(Handle handle, Due due) {
    return handle
        .createQuery(LINKS)
        .bind("chain", due.chain())
        .bind("first", due.first())
        .bind("last", due.last())
        .setFetchSize(AT_ONCE)
        .map(
            (row, context) ->
                new Link(
                    due.chain(),
                    row.getLong("position"),
                    row.getLong("audit_id"),
                    row.getBytes("hash"),
                    row.getString("text")));
  }

  private static void requireSame(String written, AuditArchives archives, String key)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream stored = new DigestInputStream(archives.open(key), digest)) {
      stored.transferTo(OutputStream.nullOutputStream());
    }
    if (!Arrays.equals(digest.digest(), HexFormat.of().parseHex(written))) {
      throw new IOException(key + " came back changed");
    }
  }

  private static void cut(Handle handle, Due due, byte[] hash, String key, String sha256) {
    handle
        .createUpdate(
            """
            INSERT INTO audit_archives
              (organization_id, first_position, last_position, hash, object_key, file_sha256)
            VALUES (:chain, :first, :last, :hash, :key, :sha256)
            """)
        .bind("chain", due.chain())
        .bind("first", due.first())
        .bind("last", due.last())
        .bind("hash", hash)
        .bind("key", key)
        .bind("sha256", sha256)
        .execute();
    handle
        .createUpdate(
            """
            WITH gone AS (DELETE FROM audit_seals
              WHERE organization_id = :chain AND position <= :last RETURNING audit_id)
            DELETE FROM audit_log WHERE id IN (SELECT audit_id FROM gone)
            """)
        .bind("chain", due.chain())
        .bind("last", due.last())
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO audit_log
              (organization_id, user_id, operation, table_name, operation_status, details)
            VALUES (nullif(:chain, :nobody), :nobody, 'archive_audit', 'audit_log', 'success',
              jsonb_build_object('first', :first, 'last', :last))
            """)
        .bind("chain", due.chain())
        .bind("nobody", JobAudit.NOBODY)
        .bind("first", due.first())
        .bind("last", due.last())
        .execute();
  }

  private record Due(UUID chain, long first, long last) {}
}
