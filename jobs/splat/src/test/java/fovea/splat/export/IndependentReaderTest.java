package fovea.splat.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PlayCanvas's splat-transform reads what we write: {@code npm ci} in src/test/node brings it. */
class IndependentReaderTest {
  private static final Path READER =
      Path.of("src/test/node/node_modules/@playcanvas/splat-transform/bin/cli.mjs");
  private static final int COUNT = 300;

  @TempDir Path folder;
  private final Splats splats = SmallScene.cloud(COUNT, 3, 0.1, 3);

  @BeforeEach
  void needsTheReader() {
    assumeThat(READER)
        .as("the independent reader is not installed: npm ci in jobs/splat/src/test/node")
        .exists();
  }

  @Test
  void it_reads_ply_and_both_spz_as_the_same_model() throws Exception {
    Path ply = folder.resolve("model.ply");
    SplatPly.write(splats, ply);
    same(ply, 1e-5);
    for (Spz.Version version : Spz.Version.values()) {
      Path spz = folder.resolve("model.spz");
      Spz.write(splats, spz, version);
      same(spz, 0.04);
    }
  }

  @Test
  void it_reads_splat_with_as_many_gaussians_and_the_same_middle() throws Exception {
    Path file = folder.resolve("model.splat");
    SplatRows.write(splats, file);
    double[][] rows = read(file, "x");
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += splats.means[3 * i] - rows[i][0];
    }
    assertThat(rows).hasDimensions(COUNT, 1);
    assertThat(sum).isBetween(-1e-3, 1e-3);
  }

  private void same(Path file, double most) throws Exception {
    String columns = "x,y,z,f_dc_1,f_rest_0,f_rest_17,f_rest_44,scale_2,opacity";
    double[][] rows = read(file, columns.split(","));
    assertThat(rows).hasNumberOfRows(COUNT);
    for (int i = 0; i < COUNT; i++) {
      double[] ours = {
        splats.means[3 * i], splats.means[3 * i + 1], splats.means[3 * i + 2],
        splats.sh0[3 * i + 1], splats.shRest[45 * i], splats.shRest[45 * i + 3 * 2 + 1],
        splats.shRest[45 * i + 44], splats.logScales[3 * i + 2], splats.logitOpacities[i]
      };
      for (int k = 0; k < ours.length; k++) {
        assertThat(rows[i][k])
            .as("%s, Gaussian %s, column %s", file, i, k)
            .isBetween(ours[k] - most, ours[k] + most);
      }
    }
  }

  private double[][] read(Path file, String... columns) throws IOException, InterruptedException {
    Path csv = folder.resolve("read.csv");
    Process process =
        new ProcessBuilder("node", READER.toString(), "-w", "-q", file.toString(), csv.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    List<String> lines = Files.readAllLines(csv);
    List<String> names = Arrays.asList(lines.get(0).split(","));
    return lines.stream()
        .skip(1)
        .map(line -> line.split(","))
        .map(
            row ->
                Arrays.stream(columns)
                    .mapToDouble(c -> Double.parseDouble(row[names.indexOf(c)]))
                    .toArray())
        .toArray(double[][]::new);
  }
}
