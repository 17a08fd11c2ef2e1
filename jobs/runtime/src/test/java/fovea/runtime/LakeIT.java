package fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.lake.Captures;
import fovea.lake.FundusImages;
import fovea.lake.Lake;
import fovea.lake.Predictions;
import io.delta.tables.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeIT {
  private static final int ONE_MB = 1 << 20;

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static Lake lake;
  private static Captures captures;

  @BeforeAll
  static void open() {
    spark = SparkSessions.local();
    lake = new Lake(spark, folder.toUri() + "lake").createTables();
    captures = Captures.in(lake);
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void merging_adds_only_the_rows_whose_key_is_new_and_evaluates_each_once() {
    LongAccumulator seen = spark.sparkContext().longAccumulator();
    spark.udf().register("seen", counting(seen), DataTypes.StringType);
    assertThat(captures.merge(rows("a", "b").selectExpr("*", "seen(image_id) camera")))
        .isEqualTo(2);
    assertThat(seen.value()).isEqualTo(2);
    long version = captures.version();
    assertThat(captures.merge(rows("a", "b"))).isZero();
    assertThat(captures.merge(rows("b", "c"))).isEqualTo(1);
    assertThat(captures.rows().where("image_id IN ('a', 'b', 'c')").count()).isEqualTo(3);
    assertThat(captures.rowsAt(version).where("image_id IN ('a', 'b', 'c')").count()).isEqualTo(2);
  }

  @Test
  void a_missing_column_is_null_and_a_missing_required_one_is_refused() {
    captures.merge(rows("d"));
    Row row = captures.rows().where("image_id = 'd'").head();
    assertThat(row.<Object>getAs("width")).isNull();
    long version = captures.version();
    assertThatThrownBy(() -> captures.merge(rows("e").drop("object_key")))
        .hasStackTraceContaining("object_key");
    assertThat(captures.version()).isEqualTo(version);
  }

  @Test
  void a_table_made_before_a_column_gets_it_with_the_next_row_and_has_null_in_older_ones() {
    List<String> later = List.of("captured_at", "dicom");
    Captures table = Captures.in(new Lake(spark, folder.toUri() + "older"));
    StructField[] before =
        Stream.of(table.schema().fields())
            .filter(field -> !later.contains(field.name()))
            .toArray(StructField[]::new);
    DeltaTable.create(spark).location(table.path()).addColumns(new StructType(before)).execute();
    rows("a").write().format("delta").mode("append").save(table.path());
    assertThat(table.rows().columns()).doesNotContainAnyElementsOf(later);

    String taken = "TIMESTAMP_NTZ'2021-03-04 05:06:07' captured_at";
    Dataset<Row> rows = rows("a", "b").selectExpr("*", taken, "'{}' dicom");
    assertThat(table.merge(rows)).isEqualTo(1);
    assertThat(table.rows().columns()).containsExactlyInAnyOrder(table.schema().fieldNames());
    assertThat(
            table.rows().orderBy("image_id").select("captured_at", "dicom").collectAsList().stream()
                .map(Row::toString))
        .containsExactly("[null,null]", "[2021-03-04T05:06:07,{}]");
    assertThat(table.merge(rows)).as("the columns are there").isZero();
  }

  @Test
  void two_writers_at_once_both_succeed_and_add_each_row_once() throws Exception {
    CompletableFuture<Long> one =
        CompletableFuture.supplyAsync(() -> captures.merge(rows("f", "g", "h")));
    CompletableFuture<Long> two =
        CompletableFuture.supplyAsync(() -> captures.merge(rows("g", "h", "i")));
    assertThat(one.get() + two.get()).isEqualTo(4);
    assertThat(captures.rows().where("image_id BETWEEN 'f' AND 'i'").count()).isEqualTo(4);
  }

  @Test
  void pictures_lie_uncompressed_in_small_row_groups_and_settings_come_back() throws Exception {
    FundusImages images = FundusImages.in(lake);
    images.merge(
        spark
            .range(0, 40, 1, 1)
            .selectExpr(
                "cast(id AS STRING) image_id",
                "'o' organization_id",
                "'v1' parameters_version",
                "'processed' status",
                "current_timestamp() processed_at",
                "'r' run",
                "cast(repeat('x', " + ONE_MB + ") AS BINARY) pixels"));
    List<BlockMetaData> groups = rowGroups("fundus_images");
    assertThat(groups).hasSizeBetween(2, 6);
    assertThat(groups).allSatisfy(g -> assertThat(g.getTotalByteSize()).isLessThan(20L * ONE_MB));
    assertThat(groups.stream().flatMap(g -> g.getColumns().stream()))
        .extracting(ColumnChunkMetaData::getCodec)
        .containsOnly(CompressionCodecName.UNCOMPRESSED);
    assertThat(spark.conf().getAll().contains("parquet.block.size")).isFalse();
    assertThat(spark.conf().get("spark.sql.parquet.compression.codec")).isEqualTo("snappy");
  }

  @Test
  void tables_are_clustered_created_once_and_seen_by_name() {
    Row detail = spark.sql("DESCRIBE DETAIL delta.`" + lake.root() + "/predictions`").head();
    assertThat(detail.<String>getList(detail.fieldIndex("clusteringColumns")))
        .containsExactly("organization_id", "predicted_at");
    lake.createTables().registerViews();
    assertThat(Predictions.in(lake).version()).isZero();
    assertThat(spark.sql("SELECT count(*) FROM bias_findings").head().getLong(0)).isZero();
  }

  private static UDF1<String, String> counting(LongAccumulator seen) {
    return text -> {
      seen.add(1);
      return text;
    };
  }

  private static List<BlockMetaData> rowGroups(String table) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("lake").resolve(table))) {
      Path parquet =
          files
              .filter(f -> f.toString().endsWith(".parquet"))
              .filter(f -> !f.toString().contains("_delta_log"))
              .findFirst()
              .orElseThrow();
      var input =
          HadoopInputFile.fromPath(
              new org.apache.hadoop.fs.Path(parquet.toUri()), spark.sessionState().newHadoopConf());
      try (ParquetFileReader reader = ParquetFileReader.open(input)) {
        ParquetMetadata footer = reader.getFooter();
        return footer.getBlocks();
      }
    }
  }

  private static Dataset<Row> rows(String... keys) {
    return spark
        .createDataset(List.of(keys), Encoders.STRING())
        .selectExpr(
            "value image_id",
            "'o' organization_id",
            "'fundus' kind",
            "'k' object_key",
            "'accepted' status",
            "current_timestamp() ingested_at",
            "'r' run");
  }
}
