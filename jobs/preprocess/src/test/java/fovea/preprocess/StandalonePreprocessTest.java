package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.cohort.Laterality;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.preprocess.standalone.StandalonePreprocess;
import fovea.preprocess.standalone.Summary;
import fovea.synthetic.FundusSettings;
import fovea.synthetic.SyntheticFundus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandalonePreprocessTest {
  @TempDir Path folder;
  private Path images;
  private Path out;

  @BeforeEach
  void folders() throws IOException {
    images = Files.createDirectories(folder.resolve("images"));
    out = folder.resolve("out");
  }

  @Test
  void every_file_is_a_row_and_every_picture_a_result() throws IOException {
    byte[] good = Retina.jpeg(300);
    write("eye.jpg", good);
    write("eye.PNG", good);
    write("sub/eye.jpg", good);
    write("sub/=cmd|' /C calc'!A0.jpg", good);
    write("torn, <b>.jpg", Arrays.copyOf(good, good.length / 2));
    write("notes.txt", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    write(".hidden", good);
    AtomicInteger heard = new AtomicInteger();

    Summary summary = run((files, all) -> heard.accumulateAndGet(files, Math::max));

    assertThat(heard).hasValue(6);
    assertThat(summary.files()).isEqualTo(6);
    assertThat(summary.processed()).isEqualTo(4);
    assertThat(summary.rejected()).isEqualTo(Map.of("truncated", 1, "unsupported-type", 1));
    assertThat(produced())
        .containsExactlyInAnyOrder(
            "eye.jpg.png",
            "eye.PNG.png",
            "sub/eye.png",
            "sub/=cmd|' /C calc'!A0.png",
            "report.csv",
            "report.json",
            "report.html");
    List<String> rows = Files.readAllLines(out.resolve("report.csv"));
    assertThat(rows).hasSize(7);
    assertThat(rows.get(0))
        .isEqualTo(
            "file,outcome,reason_code,reason,width,height,grade,score,focus,illumination,"
                + "contrast,field,artefact,disc_x,disc_y,disc_radius,disc_reason,fovea_x,fovea_y,"
                + "fovea_reason,laterality,laterality_found,laterality_agrees,laterality_reason,"
                + "vessel_density,vessel_density_reason,cup_to_disc,cup_to_disc_reason,output");
    int columns = rows.get(0).split(",", -1).length;
    assertThat(rows).allSatisfy(row -> assertThat(cells(row)).isEqualTo(columns));
    assertThat(rows).anyMatch(row -> row.startsWith("eye.jpg,processed,,,300,300,good,"));
    assertThat(rows).anyMatch(row -> row.startsWith("\"torn, <b>.jpg\",rejected,truncated,"));
    assertThat(Files.readString(out.resolve("report.json")))
        .contains("\"processed\" : 4", "\"truncated\" : 1", "\"parametersVersion\" : \"p3-");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("torn, &lt;b&gt;.jpg", "data:image/jpeg;base64,", "<svg")
        .doesNotContain("<b>.jpg", "http:", "https:");
  }

  @Test
  void a_name_that_a_spreadsheet_would_run_is_made_text() throws IOException {
    write("=1+1.jpg", new byte[] {1});
    run((files, all) -> {});
    assertThat(Files.readAllLines(out.resolve("report.csv")).get(1)).startsWith("'=1+1.jpg,");
  }

  @Test
  void a_second_run_gives_the_same_results() throws IOException {
    write("eye.jpg", Retina.jpeg(300));
    run((files, all) -> {});
    byte[] first = Files.readAllBytes(out.resolve("eye.png"));
    String rows = Files.readString(out.resolve("report.csv"));
    run((files, all) -> {});
    assertThat(Files.readAllBytes(out.resolve("eye.png"))).isEqualTo(first);
    assertThat(Files.readString(out.resolve("report.csv"))).isEqualTo(rows);
  }

  @Test
  void mistakes_of_the_caller_are_told_before_anything_is_written() throws IOException {
    assertMistake(folder.resolve("nowhere"), out, "no-such-folder");
    assertMistake(images, out, "empty-folder");
    write("eye.jpg", new byte[] {1});
    assertMistake(images, images, "out-inside-images");
    assertMistake(images, images.resolve("sub/out"), "out-inside-images");
    Path link = Files.createSymbolicLink(folder.resolve("link"), images);
    assertMistake(images, link.resolve("out"), "out-inside-images");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertMistake(images, file, "unwritable-folder");
    assertMistake(images, file.resolve("out"), "unwritable-folder");
    assertThat(produced()).isEmpty();
  }

  @Test
  void the_side_in_a_name_is_held_against_the_picture() throws IOException {
    FundusSettings right = FundusSettings.of(4, 512).withLaterality(Laterality.RIGHT);
    byte[] photograph = SyntheticFundus.render(right).jpeg(0.92);
    write("7_right.jpg", photograph);
    write("8_left.jpg", photograph);
    run((files, all) -> {});
    List<String> rows = Files.readAllLines(out.resolve("report.csv"));
    assertThat(rows.get(1)).contains(",right,right,true,");
    assertThat(rows.get(2)).contains(",left,right,false,");
  }

  // Commas within quotes are no separators.
  private static int cells(String row) {
    return row.replaceAll("\"[^\"]*\"", "").split(",", -1).length;
  }

  private void assertMistake(Path from, Path to, String code) {
    SettingValues values =
        SettingValues.of(Map.of("images", from.toString(), "out", to.toString()));
    assertThatThrownBy(() -> StandalonePreprocess.run(values, (files, all) -> {}))
        .isInstanceOfSatisfying(
            CallerMistake.class, mistake -> assertThat(mistake.code()).isEqualTo(code));
  }

  private Summary run(fovea.preprocess.standalone.Listener listener) {
    Map<String, String> flags =
        Map.of("images", images.toString(), "out", out.toString(), "size", "128", "threads", "2");
    return StandalonePreprocess.run(SettingValues.of(flags), listener);
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = images.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private List<String> produced() throws IOException {
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(out)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .toList();
    }
  }
}
