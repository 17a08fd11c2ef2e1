package fovea.bias;

import fovea.bias.table.Columns;
import fovea.bias.table.CsvFile;
import fovea.bias.table.Records;
import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a table of predictions is kept in: told by its content, not by its name. */
final class PredictionFile {
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int DEPTH = 8;

  private PredictionFile() {}

  static Records open(Path file, Columns columns) {
    if (!Files.isReadable(file)) {
      throw new CallerMistake(
          "missing-file",
          "there is no readable file " + file,
          "Give a CSV file, a Parquet file or folder, or the folder of a Delta table");
    }
    try {
      if (Files.isDirectory(file)) {
        return SparkRecords.open(file, folder(file), columns);
      }
      return isParquet(file) ? SparkRecords.open(file, "parquet", columns) : new CsvFile(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  private static boolean isParquet(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return java.util.Arrays.equals(in.readNBytes(PARQUET.length), PARQUET);
    }
  }

  private static String folder(Path folder) throws IOException {
    if (Files.isDirectory(folder.resolve("_delta_log"))) {
      return "delta";
    }
    try (Stream<Path> files =
        Files.find(
            folder,
            DEPTH,
            (file, facts) -> facts.isRegularFile() && file.toString().endsWith(".parquet"))) {
      if (files.findAny().isPresent()) {
        return "parquet";
      }
    }
    throw new CallerMistake(
        "not-a-table",
        "there is neither a Delta table nor a Parquet file in " + folder,
        "Give a CSV file, a Parquet file or folder, or the folder of a Delta table");
  }
}
