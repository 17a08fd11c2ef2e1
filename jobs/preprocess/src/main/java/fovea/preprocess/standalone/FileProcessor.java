package fovea.preprocess.standalone;

import fovea.contract.capture.Limits;
import fovea.contract.capture.RejectionReason;
import fovea.imaging.Encoder;
import fovea.imaging.Mats;
import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** One file from disk to disk; safe for several threads. */
final class FileProcessor {
  private static final int THUMBNAIL = 160;
  private static final int THUMBNAIL_QUALITY = 80;

  private final FolderSettings settings;
  private final FundusProcessor processor;
  private final PixelBudget budget = new PixelBudget();

  FileProcessor(FolderSettings settings) {
    this.settings = settings;
    this.processor = new FundusProcessor(settings.pictures());
  }

  /**
   * Processes a file.
   *
   * @param file relative to the pictures' folder
   * @param output relative to the result folder
   * @param onSheet whether the contact sheet shows it
   */
  FileResult process(Path file, String output, boolean onSheet) {
    String name = OutputNames.slashed(file);
    byte[] content;
    try {
      Path path = settings.images().resolve(file);
      if (Files.size(path) > Limits.MAX_BYTES) {
        return rejected(name, RejectionReason.FILE_TOO_LARGE);
      }
      content = Files.readAllBytes(path);
    } catch (IOException unreadable) {
      return FileResult.rejected(name, "unreadable", "The file cannot be read. Check its rights");
    }
    Outcome outcome = budget.within(content, () -> processor.process(content));
    if (outcome instanceof Outcome.Processed made) {
      return written(name, made, output, onSheet);
    }
    Outcome.Failed failed = (Outcome.Failed) outcome;
    return FileResult.rejected(name, failed.code(), failed.reason());
  }

  private FileResult written(String name, Outcome.Processed made, String output, boolean onSheet) {
    try {
      Folders.write(settings.out().resolve(output), made.png());
    } catch (IOException full) {
      throw new UncheckedIOException("cannot write " + output, full);
    }
    Optional<byte[]> small = onSheet ? Optional.of(thumbnail(made.png())) : Optional.empty();
    return FileResult.processed(name, made, output, small);
  }

  private static FileResult rejected(String name, RejectionReason reason) {
    return FileResult.rejected(name, reason.code(), reason.sentence());
  }

  private static byte[] thumbnail(byte[] png) {
    try (Mats mats = new Mats()) {
      Mat encoded = mats.own(new MatOfByte(png));
      Mat result = mats.own(Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR));
      Mat small = mats.mat();
      Imgproc.resize(result, small, new Size(THUMBNAIL, THUMBNAIL), 0, 0, Imgproc.INTER_AREA);
      return Encoder.jpeg(small, THUMBNAIL_QUALITY);
    }
  }
}
