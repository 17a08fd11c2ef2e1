package fovea.pipeline;

import fovea.synthetic.CohortSettings;
import fovea.synthetic.SceneSettings;
import fovea.synthetic.SyntheticCohort;
import fovea.synthetic.SyntheticScene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What the demo uploads: a synthetic cohort with a known bias, three files that must not pass
 * unnoticed (one cut short, one that is no picture, one uploaded twice), and a photo session.
 */
final class DemoData {
  private static final long SEED = 7;
  private static final int EDGE = 512;

  private final Path folder;

  DemoData(Path folder) {
    this.folder = folder;
  }

  Path cohort() {
    return folder.resolve("cohort");
  }

  Path session() {
    return folder.resolve("session");
  }

  /** Writes what is not there yet; the same numbers always give the same bytes. */
  DemoData make(int patients, int views) throws IOException {
    Path made = folder.resolve("made-" + patients + "-" + views);
    if (!Files.exists(made)) {
      SyntheticCohort.of(CohortSettings.of(SEED, patients, EDGE)).write(cohort());
      addOddities();
      SyntheticScene.render(SceneSettings.of(SEED, views, 480, 360)).write(session());
      Files.createFile(made);
    }
    return this;
  }

  private void addOddities() throws IOException {
    Path images = cohort().resolve("images");
    byte[] whole;
    try (var files = Files.list(images)) {
      whole = Files.readAllBytes(files.sorted().findFirst().orElseThrow());
    }
    Files.write(images.resolve("cut-short.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Files.write(images.resolve("twice.jpg"), whole);
    Files.writeString(images.resolve("no-picture.jpg"), "This is a letter, not a photograph.\n");
    String rows =
        "cut-short.jpg,ODD-1,left,50,female,white,modern,0,0,0,0,,\n"
            + "twice.jpg,ODD-1,right,50,female,white,modern,0,0,0,0,,\n"
            + "no-picture.jpg,ODD-2,left,61,male,white,modern,0,0,0,0,,\n";
    Files.write(
        cohort().resolve("labels.csv"),
        rows.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);
  }
}
