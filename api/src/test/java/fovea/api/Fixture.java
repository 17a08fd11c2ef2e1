package fovea.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.api.Client.Reply;

/** Requests that several tests make. */
final class Fixture {
  static final byte[] CONTENT = "the bytes of a photograph".getBytes(UTF_8);

  private Fixture() {}

  static String eye(Client admin, String reference) {
    Reply patient = admin.post("/v1/patients", "{'externalReference': '" + reference + "'}");
    return admin
        .post("/v1/patients/" + patient.text("id") + "/eyes", "{'laterality': 'left'}")
        .text("id");
  }

  static String declared(String sha256, long bytes) {
    return "{'mediaType': 'image/jpeg', 'bytes': %d, 'sha256': '%s', 'camera': 'c', 'drGrade': 2}"
        .formatted(bytes, sha256);
  }

  static Reply file(
      Client client, String session, String kind, String name, String mediaType, String digit) {
    return client.post(
        session + "/files",
        "{'kind': '%s', 'name': '%s', 'mediaType': '%s', 'bytes': %d, 'sha256': '%s'}"
            .formatted(kind, name, mediaType, CONTENT.length, digit.repeat(64)));
  }
}
