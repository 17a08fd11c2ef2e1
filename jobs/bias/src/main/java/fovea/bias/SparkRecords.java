package fovea.bias;

import static org.apache.spark.sql.functions.col;

import fovea.bias.table.Columns;
import fovea.bias.table.Header;
import fovea.bias.table.Records;
import fovea.contract.errors.CallerMistake;
import fovea.objects.ObjectStoreSettings;
import fovea.runtime.SparkSessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet or Delta table as text, read by a local Spark: the columns asked for only, one
 * part of the table in memory at a time.
 */
final class SparkRecords implements Records {
  private final Header header;
  private final Iterator<Row> rows;
  private final Runnable end;
  private long number;

  private SparkRecords(Header header, Iterator<Row> rows, Runnable end) {
    this.header = header;
    this.rows = rows;
    this.end = end;
  }

  /**
   * Opens a table.
   *
   * @param format {@code parquet} or {@code delta}
   * @throws CallerMistake where it cannot be read, or a column is missing or of another type
   */
  static Records open(Path file, String format, Columns columns) {
    boolean alone = SparkSession.getDefaultSession().isEmpty();
    SparkSession spark =
        SparkSessions.open("bias", "local[*]", ObjectStoreSettings.local(Path.of(".")));
    Runnable end = alone ? spark::stop : () -> {};
    try {
      Dataset<Row> table = load(spark, file, format);
      Header all = new Header(String.valueOf(file.getFileName()), List.of(table.columns()));
      List<String> names = new ArrayList<>();
      for (Map.Entry<String, Columns.Role> role : columns.roles().entrySet()) {
        String name = table.columns()[all.index(role.getKey())];
        require(role.getValue(), name, table.schema());
        names.add(name);
      }
      Column[] cells =
          names.stream()
              .distinct()
              .map(n -> col("`" + n.replace("`", "``") + "`").cast("string").as(n))
              .toArray(Column[]::new);
      Header read = new Header(all.file(), names.stream().distinct().toList());
      return new SparkRecords(read, table.select(cells).toLocalIterator(), end);
    } catch (RuntimeException notRead) {
      end.run();
      throw notRead;
    }
  }

  // Spark throws checked exceptions that its methods do not declare.
  @SuppressWarnings("CatchingUnchecked")
  private static Dataset<Row> load(SparkSession spark, Path file, String format) {
    try {
      return spark.read().format(format).load(file.toUri().toString());
    } catch (Exception unreadable) {
      throw new CallerMistake(
          "bad-file",
          file + " cannot be read as " + format + ": " + unreadable.getMessage(),
          "Write it again, or export it as CSV");
    }
  }

  private static void require(Columns.Role role, String name, StructType schema) {
    DataType type = schema.apply(name).dataType();
    boolean right =
        switch (role) {
          case NUMBER -> type instanceof NumericType;
          case ANSWER ->
              type instanceof NumericType
                  || type instanceof StringType
                  || type instanceof BooleanType;
          case NAME -> !(type instanceof BinaryType) && isSingle(type);
        };
    if (!right) {
      throw new CallerMistake(
          "wrong-type",
          "column " + name + " holds " + type.simpleString() + ", which is no " + word(role),
          "Give a column of " + wanted(role));
    }
  }

  private static boolean isSingle(DataType type) {
    String name = type.typeName();
    return !(name.equals("array") || name.equals("map") || name.equals("struct"));
  }

  private static String word(Columns.Role role) {
    return switch (role) {
      case NUMBER -> "probability";
      case ANSWER -> "label or prediction";
      case NAME -> "group";
    };
  }

  private static String wanted(Columns.Role role) {
    return switch (role) {
      case NUMBER -> "numbers";
      case ANSWER -> "numbers, words, or true and false";
      case NAME -> "single values";
    };
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public @Nullable Line next() {
    if (!rows.hasNext()) {
      return null;
    }
    Row row = rows.next();
    List<String> cells = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      cells.add(row.isNullAt(i) ? "" : row.getString(i));
    }
    return new Line(++number, cells, null);
  }

  @Override
  public void close() {
    end.run();
  }
}
