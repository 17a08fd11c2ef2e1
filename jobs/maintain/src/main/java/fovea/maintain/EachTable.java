package fovea.maintain;

import fovea.lake.LakeTable;
import fovea.lake.Upkeep;
import fovea.runtime.JobContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What was done to each of the tables asked for.
 *
 * @param results by the table's name, in the lake's order
 */
record EachTable<T>(Map<String, T> results) {

  /** Does it to one table after the other, and reports progress under the job's name. */
  static <T> EachTable<T> of(JobContext context, String job, Function<Upkeep, T> work) {
    List<LakeTable> tables = MaintainSettings.tables(context);
    Map<String, T> results = new LinkedHashMap<>();
    for (LakeTable table : tables) {
      context.progress().report(job, results.size(), tables.size());
      results.put(table.name(), work.apply(Upkeep.of(table)));
    }
    context.progress().report(job, tables.size(), tables.size());
    return new EachTable<>(results);
  }

  /** A figure over all tables. */
  long sum(ToLongFunction<T> figure) {
    return results.values().stream().mapToLong(figure).sum();
  }

  /** A note a table, to be added to. */
  Map<String, String> notes(Function<T, String> note) {
    return results.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                result -> note.apply(result.getValue()),
                (one, other) -> one,
                LinkedHashMap::new));
  }
}
