package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import fovea.lake.FundusImages;
import fovea.lake.TrainingMembers;
import fovea.lake.TrainingRuns;
import fovea.registry.TrainedModel;
import fovea.runtime.JobContext;
import fovea.train.data.Part;
import fovea.train.models.PartCount;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which images a training run used, and which training runs used an image or a patient. */
public final class TrainingLineage {
  private static final String[] USING_ID = {"image_id"};
  private static final String[] USING_RUN = {"training_run"};
  private static final long ROWS_A_PAGE = 10_000;

  private final JobContext context;
  private boolean complete;

  private TrainingLineage(JobContext context) {
    this.context = context;
  }

  /**
   * Over the lake of a context. Runs that were trained before their members had a table are entered
   * into it when they are asked for, from the file they left beside their network.
   */
  public static TrainingLineage in(JobContext context) {
    return new TrainingLineage(context);
  }

  /** Enters the images of a run, as the file beside its network names them; repeating adds none. */
  static long record(JobContext context, UUID run, String parametersVersion) {
    Dataset<Row> images =
        FundusImages.in(context.lake())
            .rows()
            .where(col("parameters_version").equalTo(parametersVersion))
            .select("image_id", "organization_id", "patient_id");
    // Left: what was learnt from was learnt from, even where it has been erased since.
    Dataset<Row> members =
        MembersFile.read(context.spark(), context.objectSettings(), NetworkFiles.members(run))
            .join(images, USING_ID, "left")
            .withColumnRenamed("split", "part")
            .withColumn("training_run", lit(run.toString()));
    return TrainingMembers.in(context.lake()).merge(members, List.of(run.toString()));
  }

  /** Images and patients of each part, in the order of {@link Part}. */
  public List<PartCount> counts(UUID run) {
    List<PartCount> known = known(run);
    if (!known.isEmpty()) {
      return known;
    }
    enterOlderRuns(col("training_run").equalTo(run.toString()));
    return known(run);
  }

  private List<PartCount> known(UUID run) {
    return of(run)
        .groupBy("part")
        .agg(count(lit(1)), count_distinct(col("patient_id")))
        .collectAsList()
        .stream()
        .map(row -> new PartCount(row.getString(0), row.getLong(1), row.getLong(2)))
        .sorted(Comparator.comparing(TrainingLineage::order))
        .toList();
  }

  /**
   * Every image of a run, in the order of part and id; the driver holds about ten thousand at once.
   * Consume it before the session ends.
   *
   * @param images how many there are, see {@link #counts}
   */
  public Iterator<Member> members(UUID run, long images) {
    int pages = (int) (images / ROWS_A_PAGE + 1);
    Iterator<Row> rows =
        of(run)
            .select("part", "image_id", "patient_id", "organization_id")
            .repartitionByRange(pages, col("part"), col("image_id"))
            .sortWithinPartitions("part", "image_id")
            .toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Member next() {
        return member(rows.next());
      }
    };
  }

  /** The runs that used an image, newest first, and the part it was in. */
  public List<Use> ofImage(String image) {
    return uses(col("image_id").equalTo(image));
  }

  /** The runs that used any image of a patient, newest first. */
  public List<Use> ofPatient(String patient) {
    return uses(col("patient_id").equalTo(patient));
  }

  private List<Use> uses(Column which) {
    if (!complete) {
      enterOlderRuns(lit(true));
      complete = true;
    }
    return TrainingMembers.in(context.lake())
        .rows()
        .where(which)
        .groupBy("training_run")
        .agg(min("part"), count(lit(1)))
        .collectAsList()
        .stream()
        .map(row -> new Use(UUID.fromString(row.getString(0)), row.getString(1), row.getLong(2)))
        .sorted(Comparator.comparing(this::trainedAt).reversed().thenComparing(Use::run))
        .toList();
  }

  private Instant trainedAt(Use use) {
    return context
        .registry()
        .trainedModels()
        .find(use.run())
        .map(TrainedModel::createdAt)
        .orElse(Instant.EPOCH);
  }

  private Dataset<Row> of(UUID run) {
    return TrainingMembers.in(context.lake())
        .rows()
        .where(col("training_run").equalTo(run.toString()));
  }

  private void enterOlderRuns(Column which) {
    Dataset<Row> entered =
        TrainingMembers.in(context.lake()).rows().select("training_run").distinct();
    TrainingRuns.in(context.lake())
        .rows()
        .where(which)
        .join(entered, USING_RUN, "left_anti")
        .select("training_run", "parameters_version")
        .collectAsList()
        .forEach(row -> enter(UUID.fromString(row.getString(0)), row.getString(1)));
  }

  private void enter(UUID run, String parametersVersion) {
    if (context.objects().find(NetworkFiles.members(run)).isPresent()) {
      record(context, run, parametersVersion);
    }
  }

  private static int order(PartCount count) {
    return Arrays.stream(Part.values()).map(Part::word).toList().indexOf(count.part());
  }

  private static Member member(Row row) {
    return new Member(
        row.getString(0),
        row.getString(1),
        Optional.ofNullable(row.getString(2)),
        Optional.ofNullable(row.getString(3)));
  }

  /**
   * One image of a training run.
   *
   * @param patient pseudonym; empty where the image is gone
   * @param organization empty where the image is gone
   */
  public record Member(
      String part, String image, Optional<String> patient, Optional<String> organization) {}

  /**
   * A training run that used an image or a patient.
   *
   * @param part {@code train}, {@code validation} or {@code test}: all images of a patient lie in
   *     one
   * @param images how many it used
   */
  public record Use(UUID run, String part, long images) {}
}
