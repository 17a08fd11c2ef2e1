package fovea.train;

import fovea.train.loop.Discs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Patients with two images each; of every third both discs are bright, and referable. */
final class Study {
  static final String VERSION = "v1";
  private static final int EDGE = 48;
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "image_id STRING, organization_id STRING, patient_id STRING, capture_sha256 STRING,"
              + " parameters_version STRING, status STRING, quality_grade STRING, pixels BINARY,"
              + " processed_at TIMESTAMP, run STRING");

  private Study() {}

  /** One image; {@code grade} null where nobody graded it. */
  record Image(UUID id, UUID patient, Integer grade, byte[] pixels) {}

  /** Images of {@code patients} patients; the first image of patient 0 is no picture. */
  static List<Image> images(int patients) {
    SplittableRandom random = new SplittableRandom(11);
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 2 * patients; i++) {
      int patient = i / 2;
      boolean referable = patient % 3 == 0;
      byte[] pixels =
          i == 0
              ? "not a picture".getBytes(StandardCharsets.UTF_8)
              : png(Discs.disc(referable, EDGE, random));
      images.add(new Image(id("image", i), id("patient", patient), referable ? 3 : i % 2, pixels));
    }
    return images;
  }

  /** Another image that nobody graded. */
  static Image ungraded(int number) {
    byte[] pixels = png(Discs.disc(true, EDGE, new SplittableRandom(number)));
    return new Image(id("ungraded", number), id("stranger", number), null, pixels);
  }

  /** Rows of {@code fundus_images}. */
  static Dataset<Row> rows(SparkSession spark, List<Image> images) {
    Timestamp now = Timestamp.from(Instant.parse("2026-01-01T00:00:00Z"));
    List<Row> rows =
        images.stream()
            .map(
                i ->
                    RowFactory.create(
                        i.id().toString(),
                        "clinic",
                        i.patient().toString(),
                        "hash-" + i.id(),
                        VERSION,
                        "processed",
                        "good",
                        i.pixels(),
                        now,
                        "run"))
            .toList();
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static UUID id(String kind, int number) {
    return UUID.nameUUIDFromBytes((kind + number).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] png(byte[] rgb) {
    BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < EDGE * EDGE; i++) {
      int pixel = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
      image.setRGB(i % EDGE, i / EDGE, pixel);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
