package fovea.maintain;

import fovea.lake.Fault;
import fovea.lake.Upkeep;
import fovea.maintain.check.FileCheck;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** A row of {@link Upkeep#files()} to the rows of what is wrong with that file. */
final class FileFaults implements FlatMapFunction<Row, Row> {
  static final StructType SCHEMA =
      StructType.fromDDL("file STRING NOT NULL, problem STRING NOT NULL, detail STRING NOT NULL");

  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final LongAccumulator done;

  FileFaults(Broadcast<SerializableConfiguration> hadoop, LongAccumulator done) {
    this.hadoop = hadoop;
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Row file) throws IOException {
    Iterator<Row> faults =
        new FileCheck(hadoop.value().value())
            .faults(Upkeep.file(file)).stream().map(FileFaults::row).iterator();
    done.add(1);
    return faults;
  }

  private static Row row(Fault fault) {
    return RowFactory.create(fault.file(), fault.problem(), fault.detail());
  }

  static Fault fault(Row row) {
    return new Fault(row.getString(0), row.getString(1), row.getString(2));
  }
}
