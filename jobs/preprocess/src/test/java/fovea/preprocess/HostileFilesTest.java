package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.Outcome;
import fovea.preprocess.fundus.PreprocessSettings;
import fovea.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostileFilesTest {
  @Test
  void broken_odd_and_cmyk_files_end_as_a_picture_or_a_reason() throws IOException {
    Path folder = SharedData.orSkip("data/hostile-dev");
    FundusProcessor processor = new FundusProcessor(PreprocessSettings.standard());
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Outcome outcome = processor.process(Files.readAllBytes(file));
      if (outcome instanceof Outcome.Failed failed) {
        assertThat(failed.code()).as("%s", file).matches("[a-z0-9-]+");
        assertThat(failed.reason()).as("%s", file).isNotBlank();
      } else {
        Outcome.Processed made = (Outcome.Processed) outcome;
        assertThat(made.png()).as("%s", file).isNotEmpty();
        assertThat(made.quality().score()).as("%s", file).isBetween(0.0, 1.0);
      }
    }
  }
}
