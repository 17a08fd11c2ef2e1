package fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoundLibrariesTest {
  // One for all: JavaCPP unpacks 200 MB into it.
  @TempDir static Path cache;

  @BeforeEach
  void nothingWasFound() throws IOException {
    for (Path list : lists()) {
      Files.delete(list);
    }
  }

  @Test
  void aSecondProcessLoadsWhatTheFirstOneFoundAndAThirdInTheOrderThatWasRight() throws Exception {
    assertThat(run()).isEqualTo("false 3.0");
    assertThat(run()).isEqualTo("true 3.0");
    List<String> order = Files.readAllLines(list());
    assertThat(run()).isEqualTo("true 3.0");
    assertThat(Files.readAllLines(list())).isEqualTo(order).noneMatch(l -> l.contains("libjni"));
  }

  @Test
  void aLibraryThatIsNotWhatItWasIsSearchedForAgain() throws Exception {
    run();
    List<String> lines = Files.readAllLines(list());
    Files.write(list(), List.of("1" + lines.get(0)));
    assertThat(run()).isEqualTo("false 3.0");
    assertThat(Files.readAllLines(list())).hasSameSizeAs(lines);
  }

  @Test
  void aListThatIsNoneIsSearchedForAgain() throws Exception {
    run();
    for (String torn : List.of("torn", "1 2 /nowhere")) {
      Files.writeString(list(), torn);
      assertThat(run()).as(torn).isEqualTo("false 3.0");
    }
  }

  // Whether the list was good, and a sum made by OpenCV.
  private String run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                "-cp",
                System.getProperty("java.class.path"),
                FoundLibrariesMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static Path list() throws IOException {
    return lists().get(0);
  }

  private static List<Path> lists() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(f -> f.toString().endsWith(".libraries")).toList();
    }
  }
}
