package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  // A heap that is there from the start and is never collected: matrices that nobody released are
  // freed with their Java objects, so that every collection hides what was forgotten.
  private static final List<String> STILL =
      List.of(
          "-Xms2100m",
          "-Xmx2100m",
          "-Xmn2000m",
          "-XX:SurvivorRatio=30",
          "-XX:+UseSerialGC",
          "-XX:+AlwaysPreTouch",
          "-XX:TieredStopAtLevel=1");

  @Test
  void a_hundred_photographs_leave_less_behind_than_half_a_small_matrix_each() throws Exception {
    assumeTrue(Files.exists(NativeMemory.STATUS), "resident memory is read from /proc");
    String[] seen = output().split(" ");
    assertThat(seen).as("growth in MB, collections").hasSize(2);
    assertThat(Integer.parseInt(seen[1])).as("collections").isZero();
    assertThat(Double.parseDouble(seen[0])).as("growth in MB").isLessThan(NativeMemoryMain.HALF_MB);
  }

  private static String output() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(STILL);
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(NativeMemoryMain.class.getName());
    Path errors = Files.createTempFile("native-memory", ".txt");
    try {
      Process child = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String seen = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(child.waitFor()).as(Files.readString(errors)).isZero();
      return seen.strip();
    } finally {
      Files.delete(errors);
    }
  }
}
