package fovea.maintain.check;

import fovea.lake.DataFile;
import fovea.lake.Fault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Whether a data file is there, as long as the log says, and opens with a Parquet footer that
 * counts the rows the log counts. Reads the end of a file, not its pages.
 */
public final class FileCheck {
  private final Configuration hadoop;

  /** With the stores' settings of Hadoop. */
  public FileCheck(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * What is wrong with one file and with the file of its deleted rows.
   *
   * @throws IOException where the store does not answer
   */
  public List<Fault> faults(DataFile file) throws IOException {
    List<Fault> faults = new ArrayList<>();
    dataFault(file).ifPresent(faults::add);
    if (!file.deletions().isEmpty()) {
      Path deletions = new Path(file.deletions());
      if (!deletions.getFileSystem(hadoop).exists(deletions)) {
        faults.add(new Fault(file.deletions(), Fault.MISSING, "deleted rows of " + file.path()));
      }
    }
    return faults;
  }

  private Optional<Fault> dataFault(DataFile file) throws IOException {
    Path path = new Path(file.path());
    FileStatus status;
    try {
      status = path.getFileSystem(hadoop).getFileStatus(path);
    } catch (FileNotFoundException absent) {
      return fault(file, Fault.MISSING, "");
    }
    return status.getLen() == file.bytes()
        ? footerFault(file, status)
        : fault(file, Fault.WRONG_SIZE, status.getLen() + " bytes, by the log " + file.bytes());
  }

  private Optional<Fault> footerFault(DataFile file, FileStatus status) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(status, hadoop))) {
      long rows = reader.getRecordCount();
      return file.rows() < 0 || rows == file.rows()
          ? Optional.empty()
          : fault(file, Fault.UNREADABLE, rows + " rows, by the log " + file.rows());
    } catch (IOException | RuntimeException unreadable) {
      // Parquet tells a broken footer by RuntimeExceptions of many kinds.
      return fault(file, Fault.UNREADABLE, "no Parquet footer");
    }
  }

  private static Optional<Fault> fault(DataFile file, String problem, String detail) {
    return Optional.of(new Fault(file.path(), problem, detail));
  }
}
