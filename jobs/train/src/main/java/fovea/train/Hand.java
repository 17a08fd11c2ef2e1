package fovea.train;

import fovea.train.data.Part;
import fovea.train.data.Sample;
import fovea.train.data.Subject;
import fovea.train.loop.Census;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * Small pictures that lie together on an executor.
 *
 * @param samples in the order of their ids, which decides the batches and so the weights
 * @param rejected unreadable images by reason code
 */
record Hand(List<Sample> samples, Map<String, Long> rejected) implements Serializable {

  /**
   * Takes up what {@link ShrinkTask} made.
   *
   * @param rows in any order
   */
  static Hand of(Iterator<Row> rows) {
    return of(rows, row -> Part.of(row.getAs(ShrinkTask.at("part"))));
  }

  /** The same with other parts. */
  static Hand of(Iterator<Row> rows, Function<Row, Part> parts) {
    List<Sample> samples = new ArrayList<>();
    Map<String, Long> rejected = new TreeMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      byte[] rgb = row.getAs(ShrinkTask.at("rgb"));
      if (rgb == null) {
        rejected.merge(row.getAs(ShrinkTask.at("reason")), 1L, Long::sum);
      } else {
        samples.add(sample(row, parts.apply(row), rgb));
      }
    }
    samples.sort(Comparator.comparing(Sample::id));
    return new Hand(List.copyOf(samples), rejected);
  }

  /** The same samples without their pixels. */
  Iterator<Sample> names() {
    return samples.stream()
        .map(s -> new Sample(s.id(), s.subject(), s.part(), s.grade(), new byte[0]))
        .iterator();
  }

  /** What the driver may know. */
  Muster muster() {
    return new Muster(Outcome.count(samples), rejected, Census.of(Part.TRAIN.among(samples)));
  }

  private static Sample sample(Row row, Part part, byte[] rgb) {
    Subject subject =
        new Subject(
            row.getAs(ShrinkTask.at("patient_id")),
            row.getAs(ShrinkTask.at("sex")),
            row.getAs(ShrinkTask.at("age_band")));
    return new Sample(
        row.getAs(ShrinkTask.at("image_id")),
        subject,
        part,
        row.<Integer>getAs(ShrinkTask.at("grade")),
        rgb);
  }

  /** A hand's figures, of fixed size. */
  record Muster(Map<String, Outcome.Counts> parts, Map<String, Long> rejected, Census census)
      implements Serializable {}
}
