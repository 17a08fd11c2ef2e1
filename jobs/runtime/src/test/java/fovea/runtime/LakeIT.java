package fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.lake.Captures;
import fovea.lake.Lake;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeIT {
  @Test
  void merging_the_same_rows_twice_adds_them_once(@TempDir Path folder) throws Exception {
    try (var spark = SparkSessions.local()) {
      Captures captures = Captures.in(new Lake(spark, folder.toUri() + "lake").createTables());
      Dataset<Row> rows =
          spark.sql(
              "SELECT 'a' image_id, 'o' organization_id, 'fundus' kind, 'k' object_key,"
                  + " 'accepted' status, current_timestamp() ingested_at, 'r' run");
      assertThat(captures.merge(rows)).isEqualTo(1);
      assertThat(captures.merge(rows)).isZero();
      assertThat(captures.rows().count()).isEqualTo(1);
    }
  }
}
