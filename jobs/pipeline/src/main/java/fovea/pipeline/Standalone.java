package fovea.pipeline;

import fovea.bias.StandaloneBias;
import fovea.bias.StandaloneSettings;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.preprocess.standalone.FolderSettings;
import fovea.preprocess.standalone.StandalonePreprocess;
import fovea.preprocess.standalone.Summary;
import fovea.reconstruct.StandaloneReconstruct;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The form of a job that needs no platform: files in, files out; Spark only to read a table.
 *
 * @param trigger the setting whose presence asks for this form
 */
record Standalone(
    Setting<?> trigger,
    List<Setting<?>> settings,
    BiFunction<SettingValues, Progress, JobReport> work) {
  private static final Map<String, Standalone> BY_JOB =
      Map.of(
          "preprocess",
          new Standalone(FolderSettings.IMAGES, FolderSettings.ALL, Standalone::preprocess),
          "bias",
          new Standalone(
              StandaloneSettings.PREDICTIONS, StandaloneSettings.SETTINGS, StandaloneBias::run),
          "reconstruct",
          new Standalone(
              StandaloneReconstruct.PHOTOS,
              StandaloneReconstruct.SETTINGS,
              StandaloneReconstruct::run));

  static Optional<Standalone> of(String job) {
    return Optional.ofNullable(BY_JOB.get(job));
  }

  private static JobReport preprocess(SettingValues values, Progress progress) {
    Summary summary =
        StandalonePreprocess.run(values, (done, all) -> progress.report("preprocess", done, all));
    Map<String, Long> rejected = new TreeMap<>();
    summary.rejected().forEach((reason, count) -> rejected.put(reason, (long) count));
    return new JobReport(
        "preprocess",
        summary.files(),
        summary.processed(),
        rejected,
        summary.seconds(),
        Map.of("grades", summary.grades().toString(), "report", summary.report().toString()));
  }

  boolean askedFor(SettingValues values) {
    return values.given(trigger);
  }
}
