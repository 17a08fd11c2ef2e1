package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.contract.hash.Sha256;
import fovea.registry.AuditChain.Head;
import fovea.registry.AuditChain.Link;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A walk along the chains that stops believing at the first row that does not follow. */
final class AuditWalk {
  private static final byte[] BEGINNING = new byte[32];

  private final Map<UUID, Head> reached = new HashMap<>();
  private @Nullable String fault;
  private long rows;

  void follow(Link link) {
    if (fault == null) {
      fault = judge(link);
      rows++;
    }
  }

  private @Nullable String judge(Link link) {
    String row = "row " + link.id() + " of chain " + link.chain();
    byte[] hash = link.hash();
    if (link.position() == null || hash == null) {
      return row + " was slipped in: it has no seal";
    }
    Head last = reached(link.chain());
    long position = link.position();
    if (position != last.position() + 1) {
      return row + " stands at " + position + ", where " + (last.position() + 1) + " is missing";
    }
    if (link.text() == null) {
      return row + " was taken out: its seal is there";
    }
    if (!MessageDigest.isEqual(hash, seal(last.hash(), link.text()))) {
      return row + " was edited: it does not follow from the row before it";
    }
    reached.put(link.chain(), new Head(link.chain(), position, hash));
    return null;
  }

  /** Says that something beside the rows themselves is wrong. */
  void wrong(String what) {
    if (fault == null) {
      fault = what;
    }
  }

  /** Compares what was reached with where the chains should end. */
  List<Head> end(List<Head> heads) {
    for (Head head : heads) {
      Head last = reached(head.organization());
      if (last.position() != head.position() || !MessageDigest.isEqual(last.hash(), head.hash())) {
        wrong(
            "chain %s ends at %d, where %d is its end: its last rows were taken out"
                .formatted(head.organization(), last.position(), head.position()));
      }
    }
    return heads;
  }

  Head reached(UUID chain) {
    return Objects.requireNonNullElseGet(reached.get(chain), () -> new Head(chain, 0, BEGINNING));
  }

  long rows() {
    return rows;
  }

  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  static byte[] seal(byte[] before, String text) {
    MessageDigest digest = Sha256.digest();
    digest.update(before);
    return digest.digest(text.getBytes(UTF_8));
  }
}
