package fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.lake.Captures;
import fovea.lake.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeIT {
  private static final int ONE_MB = 1 << 20;

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static int lakes;

  private Lake lake;
  private Path root;

  @BeforeAll
  static void open() {
    spark = SparkSessions.local();
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @BeforeEach
  void createLake() {
    root = folder.resolve("lake" + lakes++);
    lake = new Lake(spark, root.toUri().toString());
    lake.createTables();
  }

  @Test
  void merging_adds_only_the_rows_whose_key_is_new() {
    Captures captures = Captures.in(lake);
    assertThat(captures.merge(rows("a", "b"))).isEqualTo(2);
    assertThat(captures.merge(rows("a", "b"))).isZero();
    assertThat(captures.merge(rows("b", "c"))).isEqualTo(1);
    assertThat(captures.rows().count()).isEqualTo(3);
    assertThat(captures.rowsAt(captures.version()).count()).isEqualTo(3);
    assertThat(captures.rowsAt(1).count()).isEqualTo(2);
  }

  @Test
  void merging_evaluates_each_row_once() {
    LongAccumulator seen = spark.sparkContext().longAccumulator();
    spark.udf().register("seen", counting(seen), DataTypes.StringType);
    Captures captures = Captures.in(lake);
    captures.merge(rows("a", "b", "c").selectExpr("*", "seen(image_id) camera"));
    assertThat(seen.value()).isEqualTo(3);
  }

  @Test
  void a_missing_column_is_null_and_a_missing_required_one_is_refused() {
    Captures captures = Captures.in(lake);
    captures.merge(rows("a"));
    assertThat(captures.rows().head().<Object>getAs("width")).isNull();
    assertThatThrownBy(() -> captures.merge(rows("b").drop("object_key")))
        .hasStackTraceContaining("object_key");
    assertThat(captures.rows().count()).isEqualTo(1);
  }

  @Test
  void pictures_lie_uncompressed_in_small_row_groups_and_settings_come_back() throws Exception {
    String before = spark.conf().get("spark.sql.parquet.compression.codec");
    String[] keys = IntStream.range(0, 40).mapToObj(i -> "i" + i).toArray(String[]::new);
    Dataset<Row> big =
        rows(keys)
            .coalesce(1)
            .selectExpr("*", "cast(repeat('x', " + ONE_MB + ") AS BINARY) content");
    Captures.in(lake).merge(big);
    List<BlockMetaData> groups = rowGroups();
    assertThat(groups).hasSizeBetween(2, 6);
    assertThat(groups).allSatisfy(g -> assertThat(g.getTotalByteSize()).isLessThan(20L * ONE_MB));
    assertThat(groups.stream().flatMap(g -> g.getColumns().stream()))
        .extracting(ColumnChunkMetaData::getCodec)
        .containsOnly(CompressionCodecName.UNCOMPRESSED);
    assertThat(spark.conf().get("spark.sql.parquet.compression.codec")).isEqualTo(before);
    assertThat(spark.conf().getAll().contains("parquet.block.size")).isFalse();
  }

  @Test
  void tables_are_clustered_created_once_and_seen_by_name() {
    Row detail = spark.sql("DESCRIBE DETAIL delta.`" + lake.root() + "/captures`").head();
    assertThat(detail.<String>getList(detail.fieldIndex("clusteringColumns")))
        .containsExactly("organization_id", "uploaded_day");
    lake.createTables();
    assertThat(Captures.in(lake).version()).isZero();
    lake.registerViews();
    assertThat(spark.sql("SELECT count(*) FROM bias_findings").head().getLong(0)).isZero();
  }

  private static UDF1<String, String> counting(LongAccumulator seen) {
    return text -> {
      seen.add(1);
      return text;
    };
  }

  private List<BlockMetaData> rowGroups() throws Exception {
    try (Stream<Path> files = Files.walk(root.resolve("captures"))) {
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
        .createDataset(List.of(keys), org.apache.spark.sql.Encoders.STRING())
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
