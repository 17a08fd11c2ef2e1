package fovea.splat.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.errors.CallerMistake;
import fovea.contract.model.ModelFormat;
import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
  @TempDir Path folder;

  @Test
  void a_glb_is_points_with_the_attributes_of_the_extension() throws Exception {
    Splats splats = SmallScene.cloud(1500, 2, 0.1, 3);
    Path file = ModelFiles.write(splats, folder).get(ModelFormat.GLB);
    ByteBuffer glb = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(glb.getInt(8)).isEqualTo(glb.capacity());
    int json = glb.getInt(12);
    JsonNode root = new ObjectMapper().readTree(glb.array(), 20, json);
    JsonNode primitive = root.at("/meshes/0/primitives/0");
    assertThat(primitive.path("mode").asInt()).isZero();
    assertThat(primitive.at("/extensions/KHR_gaussian_splatting/kernel").asText())
        .isEqualTo("ellipse");
    assertThat(primitive.path("attributes")).hasSize(6 + 3 + 5);
    int i = 1400; // beyond the first piece
    assertThat(number(glb, root, "POSITION", 3 * i + 1)).isEqualTo(-splats.means[3 * i + 1]);
    assertThat(number(glb, root, "KHR_gaussian_splatting:SCALE", 3 * i + 2))
        .isEqualTo((float) Math.exp(splats.logScales[3 * i + 2]));
    assertThat(number(glb, root, "KHR_gaussian_splatting:OPACITY", i)).isEqualTo(splats.opacity(i));
    assertThat(number(glb, root, "KHR_gaussian_splatting:ROTATION", 4 * i + 3))
        .isEqualTo(Rotations.unit(splats, i)[0]);
    // xz of degree 2: odd in z
    assertThat(number(glb, root, "KHR_gaussian_splatting:SH_DEGREE_2_COEF_3", 3 * i))
        .isEqualTo(-splats.shRest[24 * i + 3 * 6]);
    assertThat(root.at("/accessors/0/max/0").floatValue()).isGreaterThan(0.9f).isLessThan(1);
  }

  private static float number(ByteBuffer glb, JsonNode root, String attribute, int index) {
    int accessor = root.at("/meshes/0/primitives/0/attributes").path(attribute).asInt(-1);
    int view = root.path("accessors").path(accessor).path("bufferView").asInt(-1);
    int at = root.path("bufferViews").path(view).path("byteOffset").asInt(-1);
    return glb.getFloat(20 + glb.getInt(12) + 8 + at + Float.BYTES * index);
  }

  @Test
  void a_splat_has_32_bytes_a_gaussian_and_begins_with_the_most_visible() throws Exception {
    Splats splats = SmallScene.cloud(50, 1, 0.1, 3);
    splats.logScales[3 * 17] = 3;
    Path file = ModelFiles.write(splats, folder).get(ModelFormat.SPLAT);
    assertThat(Files.size(file)).isEqualTo(50 * 32);
    ByteBuffer first = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(first.getFloat(0)).isEqualTo(splats.means[3 * 17]);
    assertThat(first.getFloat(12)).isEqualTo((float) Math.exp(3));
    assertThat(first.get(27) & 0xff).isEqualTo(Math.round(255 * splats.opacity(17)));
  }

  @Test
  void a_number_that_is_not_finite_is_neither_written_nor_read() throws Exception {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Splats splats = SmallScene.cloud(5, 0, 0.1, 3);
      splats.logScales[7] = bad;
      assertThatThrownBy(() -> ModelFiles.write(splats, folder))
          .isInstanceOf(CallerMistake.class)
          .hasMessageContaining("not finite");
      assertThat(folder).isEmptyDirectory();
      Path file = folder.resolve("model.ply");
      SplatPly.write(splats, file);
      assertThatThrownBy(() -> SplatPly.read(file))
          .isInstanceOf(CallerMistake.class)
          .hasMessageContaining("not finite");
      Files.delete(file);
    }
  }

  @Test
  void the_same_model_is_the_same_bytes_in_every_format() throws Exception {
    Splats splats = SmallScene.cloud(100, 3, 0.1, 3);
    Map<ModelFormat, Path> one =
        ModelFiles.write(splats, Files.createDirectory(folder.resolve("a")));
    Map<ModelFormat, Path> two =
        ModelFiles.write(splats, Files.createDirectory(folder.resolve("b")));
    for (ModelFormat format : ModelFormat.values()) {
      assertThat(one.get(format)).hasSameBinaryContentAs(two.get(format));
    }
  }
}
