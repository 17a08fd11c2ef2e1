package fovea.reconstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.splat.export.SplatPly;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneReconstructTest {
  @TempDir Path folder;

  @Test
  void a_session_becomes_a_model_and_a_bad_photograph_a_reason() throws Exception {
    Path photos = PhotoSession.write(folder.resolve("photos"), 13);
    Files.writeString(photos.resolve("broken.png"), "no picture");
    JobReport report = run(photos, "300");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
    assertThat(json.path("photos").asInt()).isEqualTo(14);
    assertThat(json.path("registered").asInt()).isEqualTo(13);
    assertThat(json.path("reprojectionErrorPixels").isNull()).isTrue();
    assertThat(json.path("heldOut").path("psnr").asDouble()).isGreaterThan(22);
    assertThat(json.path("views")).hasSize(2);
    assertThat(json.path("warnings").get(0).asText()).startsWith("broken.png skipped");
    assertThat(SplatPly.read(folder.resolve("out/model.ply")).count())
        .isEqualTo(json.path("gaussians").asInt());
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("data:image/png;base64,", "<svg", "photo08.png")
        .doesNotContain("http://", "https://");
    assertThat(report.rowsRejected()).isEqualTo(1);
  }

  @Test
  void without_points_the_photographs_are_asked_where_the_object_is() throws Exception {
    Path photos = PhotoSession.write(folder.resolve("photos"), 13);
    Files.delete(photos.resolve("points.ply"));
    run(photos, "300");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
    assertThat(json.path("heldOut").path("psnr").asDouble()).isGreaterThan(20);
  }

  @Test
  void photographs_without_poses_that_do_not_overlap_are_the_callers_mistake() throws Exception {
    Path photos = PhotoSession.write(folder.resolve("photos"), 4);
    Files.delete(photos.resolve("transforms.json"));
    assertThatThrownBy(() -> run(photos, "10"))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("No two of the");
  }

  @Test
  void a_black_photograph_is_left_out_and_told_in_one_sentence() throws Exception {
    Path photos = PhotoSession.write(folder.resolve("photos"), 6);
    BufferedImage black = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(black, "png", photos.resolve("photo03.png").toFile());
    run(photos, "20");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
    assertThat(json.path("used").asInt()).isEqualTo(5);
    assertThat(json.path("warnings").toString())
        .contains("photo03.png", "the photograph is too dark");
  }

  @Test
  void a_wall_behind_the_object_is_no_part_of_the_model_where_it_is_masked() throws Exception {
    Path photos = PhotoSession.write(folder.resolve("photos"), 13);
    for (int i = 0; i < 13; i++) {
      hang(photos.resolve("photo%02d.png".formatted(i)).toFile());
    }
    double whole = psnr(photos, "none");
    assertThat(psnr(photos, "plain")).isGreaterThan(21).isGreaterThan(whole);
  }

  // A grey wall where there was nothing.
  private static void hang(File photo) throws IOException {
    BufferedImage image = ImageIO.read(photo);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xfcfcfc) == 0) {
          image.setRGB(x, y, 0x909090);
        }
      }
    }
    ImageIO.write(image, "png", photo);
  }

  private double psnr(Path photos, String mask) throws IOException {
    run(photos, "200", Map.of("mask", mask));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
    return json.path("heldOut").path("psnr").asDouble();
  }

  @Test
  void two_photographs_are_too_few() throws Exception {
    Path photos = PhotoSession.write(folder.resolve("photos"), 2);
    assertThatThrownBy(() -> run(photos, "10"))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("at least 3");
  }

  private JobReport run(Path photos, String iterations) {
    return run(photos, iterations, Map.of());
  }

  private JobReport run(Path photos, String iterations, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("photos", photos.toString());
    values.put("out", folder.resolve("out").toString());
    values.put("iterations", iterations);
    values.put("cap", "300");
    values.put("threads", "2");
    return StandaloneReconstruct.run(SettingValues.of(values), Progress.silent());
  }
}
