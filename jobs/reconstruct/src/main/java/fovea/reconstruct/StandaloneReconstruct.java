package fovea.reconstruct;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.reconstruct.modelling.FileCheckpoints;
import fovea.reconstruct.modelling.Outcome;
import fovea.reconstruct.modelling.Reconstruction;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.sfm.Poses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code reconstruct} without the platform: a folder of photographs in; the model in every format,
 * {@code report.html} and what it shows out. Needs neither Spark nor any store. One that was cut
 * off goes on where it was when it is called again with the same folder.
 *
 * <pre>reconstruct --photos session --poses session/transforms.json --out model</pre>
 */
public final class StandaloneReconstruct {
  /** {@code --photos}. */
  public static final Setting<Optional<Path>> PHOTOS =
      Setting.path("photos", "Folder of JPEG and PNG photographs");

  /** {@code --poses}. */
  public static final Setting<Optional<Path>> POSES =
      Setting.path(
          "poses",
          "transforms.json, a COLMAP model folder or a Middlebury *_par.txt; else looked for beside"
              + " the photographs, else found from them");

  /** {@code --poses-by}. */
  public static final Setting<String> POSES_BY =
      Setting.choice(
          "poses-by",
          "auto",
          List.of("auto", "fovea", "colmap"),
          "Who finds poses that are not given: Fovea itself (auto) or an installed COLMAP");

  /** {@code --out}. */
  public static final Setting<Optional<Path>> OUT =
      Setting.path("out", "Folder for model.ply, .spz, .splat, .glb and report.html");

  /** All of them. */
  public static final List<Setting<?>> SETTINGS = all();

  private StandaloneReconstruct() {}

  /**
   * Reconstructs.
   *
   * @param progress told the stage and the steps of training
   * @return photographs in, 1 out, photographs left out; figures in the notes
   * @throws CallerMistake for missing photographs or poses, damaged files, too little memory
   */
  public static JobReport run(SettingValues values, Progress progress) {
    Path photos = values.required(PHOTOS);
    Path out = values.required(OUT);
    ReconstructSettings settings = ReconstructSettings.of(values);
    Outcome outcome = reconstruct(values, settings, photos, out, progress);
    Map<String, Long> rejected = new LinkedHashMap<>();
    if (outcome.registered() < outcome.photos()) {
      rejected.put("no-pose-or-unreadable", (long) outcome.photos() - outcome.registered());
    }
    if (outcome.used() < outcome.registered()) {
      rejected.put("left-out-by-gate", (long) outcome.registered() - outcome.used());
    }
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("gaussians", String.valueOf(outcome.gaussians()));
    notes.put("held-out PSNR", String.format(Locale.ROOT, "%.2f dB", outcome.psnr()));
    notes.put("SSIM", String.format(Locale.ROOT, "%.4f", outcome.ssim()));
    notes.put("report", out.resolve("report.html").toString());
    return new JobReport("reconstruct", outcome.photos(), 1, rejected, outcome.seconds(), notes);
  }

  private static Outcome reconstruct(
      SettingValues values,
      ReconstructSettings settings,
      Path photos,
      Path out,
      Progress progress) {
    FileCheckpoints checkpoints = new FileCheckpoints(out.resolve(".checkpoint"));
    Outcome outcome =
        new Reconstruction(
                settings.training(),
                settings.mask(),
                posesBy(values),
                progress::report,
                checkpoints)
            .run(photos, values.value(POSES), out);
    try {
      checkpoints.delete();
    } catch (IOException left) {
      throw new UncheckedIOException("cannot write to " + out, left);
    }
    return outcome;
  }

  private static Poses posesBy(SettingValues values) {
    return Poses.valueOf(values.value(POSES_BY).toUpperCase(Locale.ROOT));
  }

  private static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(List.of(PHOTOS, POSES, POSES_BY, OUT));
    all.addAll(ReconstructSettings.MODEL);
    return List.copyOf(all);
  }
}
