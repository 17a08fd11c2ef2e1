package fovea.pipeline.bench;

import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.objects.ObjectStore;
import fovea.registry.RegistrySettings;
import fovea.synthetic.FundusSettings;
import fovea.synthetic.SyntheticFundus;
import fovea.testkit.StoresProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Acknowledged uploads of synthetic retinal photographs, each with bytes of its own. */
final class Uploads {
  static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final int EYES = 20;

  private final StoresProcess stores;
  private final List<byte[]> eyes;
  private int made;

  /** Renders the photographs, square of {@code edge} pixels. */
  Uploads(StoresProcess stores, int edge) {
    this.stores = stores;
    this.eyes =
        IntStream.range(0, EYES)
            .mapToObj(eye -> SyntheticFundus.render(FundusSettings.of(eye, edge)).jpeg(0.9))
            .toList();
  }

  double meanBytes() {
    return eyes.stream().mapToInt(eye -> eye.length).average().orElseThrow();
  }

  /**
   * Uploads to an organisation of their own, and writes the same files into a folder.
   *
   * @return the organisation
   */
  UUID make(int images, Path folder) throws IOException, SQLException {
    Files.createDirectories(folder);
    try (ObjectStore objects = ObjectStore.open(stores.objects());
        Connection owner = open()) {
      UUID organization = insert(owner, "organizations (name)", UUID.randomUUID().toString());
      UUID patient = insert(owner, "patients (organization_id)", organization);
      UUID eye =
          insert(
              owner,
              "eyes (organization_id, patient_id, laterality)",
              organization,
              patient,
              "left");
      for (int i = 0; i < images; i++) {
        byte[] jpeg = numbered(eyes.get(i % EYES), ++made);
        UUID image = UUID.randomUUID();
        ObjectKey key = ObjectKey.fundus(DAY, organization, image);
        objects.write(key, jpeg, "image/jpeg");
        Files.write(folder.resolve(image + ".jpg"), jpeg);
        insert(
            owner,
            "fundus_images (id, organization_id, eye_id, object_key, media_type, bytes,"
                + " declared_sha256, status)",
            image,
            organization,
            eye,
            key.path(),
            "image/jpeg",
            jpeg.length,
            Sha256.of(jpeg),
            "uploaded");
      }
      return organization;
    }
  }

  /** Refuses a benchmark of work that was not done. */
  void requireAccepted(UUID organization, int images) throws SQLException {
    String sql =
        "SELECT count(*) FROM fundus_images WHERE organization_id = ? AND status = 'accepted'";
    try (Connection owner = open();
        PreparedStatement statement = owner.prepareStatement(sql)) {
      statement.setObject(1, organization);
      ResultSet row = statement.executeQuery();
      row.next();
      if (row.getInt(1) != images) {
        throw new IllegalStateException(row.getInt(1) + " accepted of " + images);
      }
    }
  }

  private Connection open() throws SQLException {
    RegistrySettings owner = stores.owner();
    return DriverManager.getConnection(owner.url(), owner.user(), owner.password());
  }

  // A comment makes each file another one and costs the decoder nothing.
  private static byte[] numbered(byte[] jpeg, int number) {
    ByteBuffer copy = ByteBuffer.allocate(jpeg.length + 8);
    copy.put(jpeg, 0, 2).putShort((short) 0xfffe).putShort((short) 6).putInt(number);
    return copy.put(jpeg, 2, jpeg.length - 2).array();
  }

  private static UUID insert(Connection owner, String columns, Object... values)
      throws SQLException {
    String marks = "?" + ", ?".repeat(values.length - 1);
    String sql = "INSERT INTO " + columns + " VALUES (" + marks + ") RETURNING id";
    try (PreparedStatement statement = owner.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getObject(1, UUID.class);
    }
  }
}
