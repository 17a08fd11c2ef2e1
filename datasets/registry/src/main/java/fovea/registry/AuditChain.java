package fovea.registry;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * The audit log's chains, judged: every row is recomputed from the one before it, in the archives
 * and in the registry. Read by the tables' owner, who sees every organisation.
 */
public final class AuditChain {
  private static final int AT_ONCE = 1_000;

  // A row without a seal, or a seal without its row, stands in the result too.
  private static final String LINKS =
      """
      SELECT coalesce(s.organization_id, a.organization_id, CAST(:nobody AS uuid)) AS chain,
        s.position, coalesce(s.audit_id, a.id) AS id, s.hash,
        CASE WHEN a.id IS NOT NULL THEN audit_text(a) END AS text
      FROM audit_seals s FULL JOIN audit_log a ON a.id = s.audit_id
      ORDER BY chain, s.position NULLS LAST, id
      """;

  private AuditChain() {}

  /**
   * Walks every chain, in one look at the registry.
   *
   * @param owner the login that owns the tables
   */
  public static Verdict verify(RegistrySettings owner, AuditArchives archives) {
    return Jdbi.create(owner.url(), owner.user(), owner.password())
        .inTransaction(
            TransactionIsolationLevel.REPEATABLE_READ, handle -> verify(handle, archives));
  }

  private static Verdict verify(Handle handle, AuditArchives archives) {
    AuditWalk walk = new AuditWalk();
    for (AuditCut cut : AuditCut.all(handle)) {
      cut.walk(archives, walk);
    }
    try (var links =
        handle
            .createQuery(LINKS)
            .bind("nobody", JobAudit.NOBODY)
            .setFetchSize(AT_ONCE)
            .map(
                (row, context) ->
                    new Link(
                        row.getObject("chain", UUID.class),
                        row.getObject("position", Long.class),
                        row.getLong("id"),
                        row.getBytes("hash"),
                        row.getString("text")))
            .stream()) {
      links.forEach(walk::follow);
    }
    return new Verdict(walk.end(heads(handle)), walk.rows(), walk.fault());
  }

  private static List<Head> heads(Handle handle) {
    return handle
        .createQuery(
            "SELECT organization_id, position, hash FROM audit_chains ORDER BY organization_id")
        .map(
            (row, context) ->
                new Head(
                    row.getObject("organization_id", UUID.class),
                    row.getLong("position"),
                    row.getBytes("hash")))
        .list();
  }

  /**
   * What was found.
   *
   * @param heads where the chains end: who keeps them elsewhere can tell later whether they were
   *     written anew as a whole
   * @param rows how many were recomputed, archived ones included
   * @param fault the first row that is not as it was written; empty where all are
   */
  public record Verdict(List<Head> heads, long rows, Optional<String> fault) {}

  /**
   * The end of a chain.
   *
   * @param organization the zero UUID for acts of no organisation
   * @param hash SHA-256
   */
  public record Head(UUID organization, long position, byte[] hash) {}

  /** A row and its seal, either of which may be missing. */
  record Link(
      UUID chain,
      @Nullable Long position,
      long id,
      byte @Nullable [] hash,
      @Nullable String text) {}
}
