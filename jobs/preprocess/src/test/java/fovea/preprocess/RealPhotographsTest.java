package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.preprocess.anatomy.LateralityCheck;
import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.Outcome;
import fovea.preprocess.fundus.PreprocessSettings;
import fovea.preprocess.quality.Grade;
import fovea.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** 300 photographs of ODIR-5K with the sides that their readers wrote down. */
class RealPhotographsTest {
  private static final int PHOTOGRAPHS = 300;

  @Test
  void on_real_photographs_the_declared_side_is_the_one_that_is_seen() throws IOException {
    Path folder = SharedData.orSkip("data/fundus-odir256-train");
    FundusProcessor processor =
        new FundusProcessor(PreprocessSettings.of(SettingValues.of(Map.of("size", "128"))));
    List<String> rows = new ArrayList<>(Files.readAllLines(folder.resolve("labels.csv")));
    rows.remove(0);
    Collections.shuffle(rows, new Random(1));
    int rejected = 0;
    int told = 0;
    int agreeing = 0;
    for (String row : rows.subList(0, PHOTOGRAPHS)) {
      String[] cells = row.split(",");
      byte[] content = Files.readAllBytes(folder.resolve("images").resolve(cells[0]));
      Outcome.Processed made = (Outcome.Processed) processor.process(content);
      rejected += made.quality().grade() == Grade.REJECT ? 1 : 0;
      Optional<Boolean> agrees = LateralityCheck.agrees(made.anatomy(), cells[2]);
      told += agrees.isPresent() ? 1 : 0;
      agreeing += agrees.orElse(false) ? 1 : 0;
    }
    assertThat(rejected).isLessThan(PHOTOGRAPHS / 5);
    assertThat(told).isGreaterThan((PHOTOGRAPHS - rejected) * 9 / 10);
    assertThat(agreeing / (double) told).isGreaterThan(0.96);
  }
}
