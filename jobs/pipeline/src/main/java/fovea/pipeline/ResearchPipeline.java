package fovea.pipeline;

import fovea.bias.BiasJob;
import fovea.ingest.IngestJob;
import fovea.preprocess.PreprocessJob;
import fovea.reconstruct.ReconstructJob;
import fovea.runtime.Job;
import fovea.runtime.JobReport;
import fovea.train.PredictJob;
import fovea.train.TrainJob;
import java.util.List;
import java.util.function.Function;

/**
 * The order of the stages, on one page.
 *
 * <pre>
 * uploads --ingest--> captures --preprocess--> fundus_images --train--> training_runs --predict--> predictions
 *                        |                          |                                                  |
 *                        |                          +---- bias (of the data) --> bias_findings <-- bias (of the model)
 *                        +--reconstruct--> reconstructions, model files
 * </pre>
 *
 * Stages meet in tables, not in calls: each one finds what is new by itself, so any of them may be
 * run alone, again, or in another process.
 */
final class ResearchPipeline {
  private ResearchPipeline() {}

  /** Every stage once, for the command line. */
  static List<Job> stages() {
    return List.of(
        new IngestJob(),
        new PreprocessJob(),
        new BiasJob(),
        new TrainJob(),
        new PredictJob(),
        new ReconstructJob());
  }

  /** Runs everything there is to do; bias looks at the data first and at the model afterwards. */
  static List<JobReport> run(Function<Job, JobReport> runner) {
    return order().stream().map(runner).toList();
  }

  private static List<Job> order() {
    return List.of(
        new IngestJob(),
        new PreprocessJob(),
        new BiasJob(),
        new TrainJob(),
        new PredictJob(),
        new BiasJob(),
        new ReconstructJob());
  }
}
