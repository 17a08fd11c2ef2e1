package fovea.bias;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import fovea.bias.inference.Cohort;
import fovea.bias.inference.Scheme;
import fovea.bias.metrics.CrossCounts;
import fovea.bias.metrics.Crossing;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.contract.statistics.Levels;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows to sufficient statistics by one Spark aggregation. What reaches the driver is bounded by
 * groups, categories, score levels (at most 10,001) and patterns of patients, never by rows.
 */
final class Aggregation {
  /** Most values kept of a column of free text; the rest becomes {@value #OTHERS}. */
  static final int MOST_VALUES = 50;

  static final int MOST_PATTERNS = 200_000;

  private static final int MOST_BINS = 32;
  private static final List<String> FREE_TEXT = List.of("ethnicity", "camera");
  private static final WindowSpec MOST_FREQUENT_FIRST =
      Window.partitionBy("attribute").orderBy(col("count").desc(), col("group_name"));
  private static final String OTHERS = "other values";
  private static final int SCORE_DIGITS = 4;

  private Aggregation() {}

  /** Keeps the most frequent values of the columns that hold free text. */
  static Dataset<Row> bounded(Dataset<Row> rows) {
    List<Row> frequent =
        rows.select(pairs(FREE_TEXT).as("a"))
            .select("a.*")
            .groupBy("attribute", "group_name")
            .count()
            .withColumn("place", row_number().over(MOST_FREQUENT_FIRST))
            .where(col("place").leq(MOST_VALUES))
            .collectAsList();
    Dataset<Row> bounded = rows;
    for (String column : FREE_TEXT) {
      Object[] values =
          frequent.stream()
              .filter(r -> r.getString(0).equals(column))
              .map(r -> r.getString(1))
              .toArray();
      Column kept = col(column).isin(values);
      bounded = bounded.withColumn(column, when(kept, col(column)).otherwise(lit(OTHERS)));
    }
    return bounded;
  }

  /** Adds a column for each pair of attributes. */
  static Dataset<Row> crossed(Dataset<Row> rows, List<Crossing> crossings) {
    Dataset<Row> crossed = rows;
    for (Crossing crossing : crossings) {
      Column group =
          udf((UDF2<String, String, String>) (a, b) -> crossing.group(a, b), DataTypes.StringType)
              .apply(col(crossing.first()), col(crossing.second()));
      crossed = crossed.withColumn(crossing.attribute(), group);
    }
    return crossed;
  }

  /** How often each category of each variable occurs in each group. */
  static CrossCounts cross(Dataset<Row> rows, List<String> attributes, List<String> variables) {
    CrossCounts cross = new CrossCounts();
    Dataset<Row> pairs =
        rows.select(pairs(attributes).as("a"), array(named(variables)).as("variables"))
            .select(col("a.*"), explode(col("variables")).as("v"))
            .where(col("attribute").notEqual(col("v.attribute")))
            .groupBy(
                col("attribute"),
                col("group_name"),
                col("v.attribute").as("variable"),
                col("v.group_name").as("category"))
            .count();
    attributes.forEach(a -> cross.attribute(a));
    each(
        pairs,
        r ->
            cross.add(
                r.getString(0), r.getString(1), r.getString(2), r.getString(3), r.getLong(4)));
    each(
        people(rows, attributes),
        r -> cross.ofPeople(r.getString(0), r.getString(1), r.getLong(2)));
    return cross;
  }

  /** Outcomes and scores by group; rows need {@code label, prediction, score}. */
  static Map<String, Map<String, GroupCounts>> outcomes(
      Dataset<Row> rows, List<String> attributes) {
    Map<String, Map<String, GroupCounts>> counts = new LinkedHashMap<>();
    attributes.forEach(a -> counts.put(a, new TreeMap<>(MetricFrame.inOrder())));
    Dataset<Row> cells =
        rows.select(
                pairs(attributes).as("a"),
                col("true_label"),
                col("prediction"),
                round(col("score"), SCORE_DIGITS).as("score"))
            .select("a.*", "true_label", "prediction", "score")
            .groupBy("attribute", "group_name", "true_label", "prediction", "score")
            .count();
    each(
        cells,
        r ->
            group(counts, r)
                .add(
                    r.getInt(2), r.getInt(3), r.isNullAt(4) ? null : r.getDouble(4), r.getLong(5)));
    each(people(rows, attributes), r -> group(counts, r).ofPeople(r.getLong(2)));
    return counts;
  }

  /**
   * Patients alike, counted, by attribute: what intervals and tests resample. Scores are kept in as
   * many bins as make no more than {@value #MOST_PATTERNS} patterns; empty where even without
   * scores there are more, because patients have very many rows each.
   */
  static Map<String, Cohort> cohorts(
      Dataset<Row> rows, Map<String, Map<String, GroupCounts>> counts, List<Double> thresholds) {
    Levels all = ModelMetrics.all(counts).levels();
    for (int bins = MOST_BINS; bins >= 1; bins /= 2) {
      Scheme scheme = Scheme.of(2, all, thresholds, bins == 1 ? 0 : bins);
      List<Row> patterns = patterns(rows, new Cells(counts, scheme));
      if (patterns.size() <= MOST_PATTERNS) {
        return cohorts(patterns, counts, scheme);
      }
    }
    return Map.of();
  }

  private static Map<String, Cohort> cohorts(
      List<Row> patterns, Map<String, Map<String, GroupCounts>> counts, Scheme scheme) {
    Map<String, Cohort.Builder> builders = new LinkedHashMap<>();
    counts.forEach(
        (a, groups) -> builders.put(a, new Cohort.Builder(scheme, List.copyOf(groups.keySet()))));
    for (Row pattern : patterns) {
      int[] cells = pattern.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray();
      Cohort.Builder builder = builders.get(pattern.getString(0));
      if (builder != null) {
        builder.add(cells, pattern.getLong(2));
      }
    }
    Map<String, Cohort> cohorts = new LinkedHashMap<>();
    builders.forEach((attribute, builder) -> cohorts.put(attribute, builder.build()));
    return cohorts;
  }

  private static List<Row> patterns(Dataset<Row> rows, Cells cells) {
    Column cell =
        udf(cells, DataTypes.IntegerType)
            .apply(
                col("a.attribute"),
                col("a.group_name"),
                col("true_label"),
                col("prediction"),
                col("score"));
    return rows.select(
            pairs(cells.attributes()).as("a"),
            col("patient_id"),
            col("true_label"),
            col("prediction"),
            round(col("score"), SCORE_DIGITS).as("score"))
        .select(col("a.attribute").as("attribute"), col("patient_id"), cell.as("cell"))
        .groupBy("attribute", "patient_id")
        .agg(sort_array(collect_list(col("cell"))).as("cells"))
        .groupBy("attribute", "cells")
        .count()
        .limit(MOST_PATTERNS + 1)
        .collectAsList();
  }

  private static GroupCounts group(Map<String, Map<String, GroupCounts>> counts, Row row) {
    return counts
        .computeIfAbsent(row.getString(0), a -> new TreeMap<>())
        .computeIfAbsent(row.getString(1), g -> new GroupCounts());
  }

  private static Dataset<Row> people(Dataset<Row> rows, List<String> attributes) {
    return rows.select(pairs(attributes).as("a"), col("patient_id"))
        .select("a.*", "patient_id")
        .groupBy("attribute", "group_name")
        .agg(count_distinct(col("patient_id")));
  }

  private static Column pairs(List<String> attributes) {
    return explode(array(named(attributes)));
  }

  private static Column[] named(List<String> columns) {
    return columns.stream()
        .map(c -> struct(lit(c).as("attribute"), col(c).as("group_name")))
        .toArray(Column[]::new);
  }

  private interface Reader {
    void read(Row row);
  }

  private static void each(Dataset<Row> rows, Reader reader) {
    Iterator<Row> iterator = rows.toLocalIterator();
    while (iterator.hasNext()) {
      reader.read(iterator.next());
    }
  }
}
