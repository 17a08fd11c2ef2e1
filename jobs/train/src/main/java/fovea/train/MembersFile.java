package fovea.train;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.train.data.Sample;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** Which image was in which part of a training run: a CSV beside the network, read by tasks. */
final class MembersFile {
  private static final String HEAD = "image_id,split,label";
  private static final StructType SCHEMA =
      StructType.fromDDL("image_id STRING, split STRING, label INT");

  private MembersFile() {}

  static byte[] write(List<Sample> samples) {
    StringBuilder lines = new StringBuilder(HEAD).append('\n');
    for (Sample s : samples) {
      lines.append(s.id()).append(',').append(s.part().word()).append(',').append(s.label());
      lines.append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** {@code image_id, split, label}; no line passes through the driver. */
  static Dataset<Row> read(SparkSession spark, ObjectStoreSettings objects, ObjectKey key) {
    String path = key.path();
    FlatMapFunction<Long, Row> lines = one -> lines(objects, new ObjectKey(path));
    return spark.range(0, 1, 1, 1).flatMap(lines, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> lines(ObjectStoreSettings objects, ObjectKey key) {
    ObjectStore store = ObjectStore.open(objects);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> store.close());
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(store.stream(key), StandardCharsets.UTF_8));
    return reader.lines().skip(1).map(line -> line.split(",")).map(MembersFile::row).iterator();
  }

  private static Row row(String[] cells) {
    return RowFactory.create(cells[0], cells[1], Integer.valueOf(cells[2]));
  }
}
