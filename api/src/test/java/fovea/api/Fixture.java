package fovea.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import fovea.api.Client.Reply;
import fovea.contract.hash.Sha256;

/** Requests that several tests make. */
final class Fixture {
  static final byte[] CONTENT = photograph("");

  private Fixture() {}

  /** Begins like a JPEG; no decoder is asked here. */
  static byte[] photograph(String words) {
    return ("\u00ff\u00d8\u00ff the bytes of a photograph " + words).getBytes(ISO_8859_1);
  }

  static String eye(Client admin, String reference) {
    Reply patient = admin.post("/v1/patients", "{'externalReference': '" + reference + "'}");
    return admin
        .post("/v1/patients/" + patient.text("id") + "/eyes", "{'laterality': 'left'}")
        .text("id");
  }

  static String declared(byte[] content) {
    return declared(Sha256.of(content), content.length);
  }

  static String declared(String sha256, long bytes) {
    return "{'mediaType': 'image/jpeg', 'bytes': %d, 'sha256': '%s', 'camera': 'c', 'drGrade': 2}"
        .formatted(bytes, sha256);
  }

  static Reply file(
      Client client, String session, String kind, String name, String mediaType, String words) {
    byte[] content = photograph(words);
    return client.post(
        session + "/files",
        "{'kind': '%s', 'name': '%s', 'mediaType': '%s', 'bytes': %d, 'sha256': '%s'}"
            .formatted(kind, name, mediaType, content.length, Sha256.of(content)));
  }
}
