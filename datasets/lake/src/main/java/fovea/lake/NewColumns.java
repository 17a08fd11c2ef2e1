package fovea.lake;

import io.delta.tables.DeltaTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns that came to a table after it was made: older rows have null there. */
final class NewColumns {
  private NewColumns() {}

  /** Adds to the table at {@code path} whatever columns of {@code schema} it lacks. */
  static void add(SparkSession spark, String path, StructType schema) {
    List<String> present = List.of(DeltaTable.forPath(spark, path).toDF().columns());
    List<StructField> missing =
        Arrays.stream(schema.fields()).filter(f -> !present.contains(f.name())).toList();
    if (missing.isEmpty()) {
      return;
    }
    String table = "delta.`" + path + "`";
    // Delta turns this feature on by itself only where it makes a table.
    if (missing.stream().anyMatch(f -> f.dataType().equals(DataTypes.TimestampNTZType))) {
      spark.sql(
          "ALTER TABLE "
              + table
              + " SET TBLPROPERTIES ('delta.feature.timestampNtz' = 'supported')");
    }
    String columns = missing.stream().map(StructField::toDDL).collect(Collectors.joining(", "));
    spark.sql("ALTER TABLE " + table + " ADD COLUMNS (" + columns + ")");
  }
}
