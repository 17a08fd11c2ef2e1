package fovea.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import fovea.contract.capture.RejectionReason;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The same retinal photograph twice in one organisation: the first stands. First is what captures
 * already holds, then what was uploaded earliest, then the smaller id.
 */
final class Duplicates {
  /** What {@link #of} needs of a batch, with {@code image_id} of every upload. */
  static final String[] FACTS = {
    "image_id", "organization_id", "sha256", "uploaded_at", "kind", "status"
  };

  private static final StructType PAIRS = StructType.fromDDL("id STRING, first_id STRING");
  private static final Column ACCEPTED_FUNDUS =
      col("kind").equalTo("fundus").and(col("status").equalTo("accepted"));

  private record Content(String organization, String sha256) {
    static Content of(Row fact) {
      return new Content(fact.getAs("organization_id"), fact.getAs("sha256"));
    }
  }

  private final Map<String, String> firsts;

  private Duplicates(Map<String, String> firsts) {
    this.firsts = firsts;
  }

  /**
   * Finds those of a batch.
   *
   * @param batch {@link #FACTS}, one row an upload; as many as a commit takes
   * @param captures all rows of captures; of them only the batch's content is looked for
   */
  static Duplicates of(List<Row> batch, Dataset<Row> captures) {
    List<Row> accepted =
        batch.stream()
            .filter(fact -> "fundus".equals(fact.getAs("kind")))
            .filter(fact -> "accepted".equals(fact.getAs("status")))
            .sorted(
                Comparator.<Row, Timestamp>comparing(fact -> fact.getAs("uploaded_at"))
                    .thenComparing(fact -> fact.<String>getAs("image_id")))
            .toList();
    Map<Content, String> standing = standing(accepted, captures);
    Map<String, String> firsts = new HashMap<>();
    for (Row fact : accepted) {
      String id = fact.getAs("image_id");
      String first = standing.computeIfAbsent(Content.of(fact), content -> id);
      if (!first.equals(id)) {
        firsts.put(id, first);
      }
    }
    return new Duplicates(firsts);
  }

  // The batch's content that captures holds, with its image.
  private static Map<Content, String> standing(List<Row> accepted, Dataset<Row> captures) {
    if (accepted.isEmpty()) {
      return new HashMap<>();
    }
    List<String> hashes = accepted.stream().map(fact -> fact.<String>getAs("sha256")).toList();
    return captures
        .where(ACCEPTED_FUNDUS.and(col("sha256").isInCollection(hashes)))
        .select("organization_id", "sha256", "image_id")
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(
                Content::of, row -> row.getAs("image_id"), (one, other) -> one, HashMap::new));
  }

  /**
   * Marks them and drops their content and thumbnail.
   *
   * @param found the batch, as {@link InspectUploads} gives it
   */
  Dataset<Row> mark(Dataset<Row> found) {
    if (firsts.isEmpty()) {
      return found;
    }
    Column later = col("first_id").isNotNull();
    RejectionReason reason = RejectionReason.DUPLICATE;
    return found
        .join(broadcast(pairs(found.sparkSession())), col("image_id").equalTo(col("id")), "left")
        .withColumn("duplicate_of", col("first_id"))
        .withColumn("reason_code", when(later, lit(reason.code())).otherwise(col("reason_code")))
        .withColumn("reason", when(later, lit(reason.sentence())).otherwise(col("reason")))
        .withColumn("content", when(later, lit(null)).otherwise(col("content")))
        .withColumn("thumbnail", when(later, lit(null)).otherwise(col("thumbnail")))
        .withColumn("status", when(later, lit("duplicate")).otherwise(col("status")))
        .drop("id", "first_id");
  }

  private Dataset<Row> pairs(SparkSession spark) {
    List<Row> rows =
        firsts.entrySet().stream()
            .map(pair -> RowFactory.create(pair.getKey(), pair.getValue()))
            .toList();
    return spark.createDataFrame(rows, PAIRS);
  }
}
