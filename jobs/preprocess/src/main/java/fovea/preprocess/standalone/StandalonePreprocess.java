package fovea.preprocess.standalone;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * {@code preprocess --images DIR --out DIR}: crops, normalises and grades every picture of a
 * folder.
 *
 * <p>Output: one PNG a picture, sub-folders mirrored; {@code report.csv} with one row a file;
 * {@code report.json}; {@code report.html} to look at. Whatever is not a readable picture is a row
 * with outcome rejected and its reason.
 */
public final class StandalonePreprocess {
  private static final int ON_SHEET = 60;

  private StandalonePreprocess() {}

  /** The settings this command reads. */
  public static List<Setting<?>> settings() {
    return FolderSettings.ALL;
  }

  /**
   * Does the work.
   *
   * @throws fovea.contract.errors.CallerMistake where a folder is missing, empty, not writable, or
   *     the results would land among the pictures; nothing is written then
   * @throws UncheckedIOException where a result cannot be written: a full disk
   */
  public static Summary run(SettingValues values, Listener listener) {
    long start = System.nanoTime();
    FolderSettings settings = FolderSettings.of(values);
    List<Path> files =
        Folders.files(settings.images()).stream().map(settings.images()::relativize).toList();
    Folders.prepare(settings.images(), settings.out());
    List<FileResult> results = process(files, settings, listener);
    Summary summary = summary(results, settings, (System.nanoTime() - start) / 1e9);
    try {
      write(settings.out(), "report.csv", CsvReport.of(results));
      write(settings.out(), "report.json", JsonReport.of(summary, settings));
      write(settings.out(), "report.html", HtmlReport.of(results, summary, settings));
    } catch (IOException full) {
      throw new UncheckedIOException("cannot write the reports", full);
    }
    return summary;
  }

  // Each thread takes the next file: at most as many pictures in memory as there are threads.
  private static List<FileResult> process(
      List<Path> files, FolderSettings settings, Listener listener) {
    FileProcessor processor = new FileProcessor(settings);
    List<String> outputs = OutputNames.of(files);
    int step = Math.max(1, (files.size() + ON_SHEET - 1) / ON_SHEET);
    AtomicReferenceArray<FileResult> results = new AtomicReferenceArray<>(files.size());
    AtomicInteger done = new AtomicInteger();
    Workers.each(
        files.size(),
        settings.threads(),
        i -> {
          results.set(i, processor.process(files.get(i), outputs.get(i), i % step == 0));
          listener.done(done.incrementAndGet(), files.size());
        });
    return IntStream.range(0, files.size()).mapToObj(results::get).toList();
  }

  private static Summary summary(
      List<FileResult> results, FolderSettings settings, double seconds) {
    List<FileResult> processed = results.stream().filter(FileResult::isProcessed).toList();
    List<FileResult> rejected = results.stream().filter(r -> !r.isProcessed()).toList();
    return new Summary(
        results.size(),
        processed.size(),
        counted(rejected, FileResult::code),
        counted(processed, FileResult::grade),
        seconds,
        settings.out().resolve("report.html"));
  }

  private static Map<String, Integer> counted(
      List<FileResult> results, Function<FileResult, String> by) {
    Map<String, Integer> counts = new TreeMap<>();
    results.forEach(result -> counts.merge(by.apply(result), 1, Integer::sum));
    return counts;
  }

  private static void write(Path out, String name, String text) throws IOException {
    Folders.write(out.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
