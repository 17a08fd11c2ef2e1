package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.hash.Sha256;
import fovea.registry.AuditChain.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jdbi.v3.core.Handle;

/**
 * Rows that were moved out, in order, one JSON object a line, gzipped: {@code {"position": 1, "id":
 * 7, "hash": "hex", "row": "the text that was hashed"}}.
 *
 * @param hash of the last of them
 */
record AuditCut(
    UUID chain, long first, long last, byte[] hash, String objectKey, String fileSha256) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What has been cut, in the order of the chains. */
  static List<AuditCut> all(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT organization_id, first_position, last_position, hash, object_key, file_sha256
            FROM audit_archives ORDER BY organization_id, first_position
            """)
        .map(
            (row, context) ->
                new AuditCut(
                    row.getObject("organization_id", UUID.class),
                    row.getLong("first_position"),
                    row.getLong("last_position"),
                    row.getBytes("hash"),
                    row.getString("object_key"),
                    row.getString("file_sha256")))
        .list();
  }

  /** Walks the archived rows as if they had stayed. */
  void walk(AuditArchives archives, AuditWalk walk) {
    MessageDigest digest = Sha256.digest();
    try (InputStream stored = new DigestInputStream(archives.open(objectKey), digest)) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(new GZIPInputStream(stored), UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        walk.follow(JSON.readValue(line, Line.class).link(chain));
      }
      stored.transferTo(OutputStream.nullOutputStream());
    } catch (JsonProcessingException damaged) {
      walk.wrong("archive " + objectKey + " has a line that is no JSON");
    } catch (IOException | UncheckedIOException unreadable) {
      walk.wrong("archive " + objectKey + " cannot be read: " + unreadable.getMessage());
    }
    if (walk.reached(chain).position() != last
        || !Arrays.equals(walk.reached(chain).hash(), hash)) {
      walk.wrong("archive " + objectKey + " does not end where the chain was cut");
    }
    if (!Sha256.hex(digest).equals(fileSha256)) {
      walk.wrong("archive " + objectKey + " is not the file that was written");
    }
  }

  /** A line of the file. */
  record Line(long position, long id, String hash, String row) {
    Link link(UUID chain) {
      return new Link(chain, position, id, HexFormat.of().parseHex(hash), row);
    }

    String json() {
      try {
        return JSON.writeValueAsString(this) + "\n";
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
