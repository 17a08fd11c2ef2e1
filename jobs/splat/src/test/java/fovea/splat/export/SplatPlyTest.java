package fovea.splat.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplatPlyTest {
  @TempDir Path folder;

  @Test
  void a_model_comes_back_as_it_was_written() throws Exception {
    for (int degree = 0; degree <= 3; degree++) {
      Splats splats = SmallScene.cloud(17, degree, 0.1, 3);
      Path file = folder.resolve("model.ply");
      SplatPly.write(splats, file);
      Splats back = SplatPly.read(file);
      assertThat(back.means).isEqualTo(splats.means);
      assertThat(back.rotations).isEqualTo(splats.rotations);
      assertThat(back.logScales).isEqualTo(splats.logScales);
      assertThat(back.logitOpacities).isEqualTo(splats.logitOpacities);
      assertThat(back.sh0).isEqualTo(splats.sh0);
      assertThat(back.shRest).isEqualTo(splats.shRest);
    }
  }

  @Test
  void degree_3_has_62_floats_a_gaussian() throws Exception {
    Path file = folder.resolve("model.ply");
    SplatPly.write(SmallScene.cloud(100, 3, 0.1, 3), file);
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int header = text.indexOf("end_header\n") + "end_header\n".length();
    assertThat(Files.size(file)).isEqualTo(header + 100 * 62 * 4);
  }

  @Test
  void a_file_that_claims_too_much_is_refused_before_memory_is_taken() throws Exception {
    Path file = folder.resolve("model.ply");
    SplatPly.write(SmallScene.cloud(5, 0, 0.1, 3), file);
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(
        file,
        text.replace("element vertex 5", "element vertex 2000000000")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SplatPly.read(file))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("more Gaussians than it holds");
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> SplatPly.read(file)).isInstanceOf(CallerMistake.class);
  }
}
