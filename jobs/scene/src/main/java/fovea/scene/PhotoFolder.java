package fovea.scene;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.Limits;
import fovea.contract.capture.RejectionReason;
import fovea.contract.errors.CallerMistake;
import fovea.scene.PhotoSet.Skipped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Lists the photographs of a folder: headers only, no pixel is decoded. */
public final class PhotoFolder {
  private static final int HEAD = 132;

  private PhotoFolder() {}

  /**
   * Every JPEG and PNG of a folder, told by content; where it has none, of its {@code images}
   * folder.
   *
   * @throws CallerMistake where the folder is missing or holds no photograph
   */
  public static PhotoSet read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CallerMistake(
          "no-photos", "There is no folder " + folder, "Give the folder of the photographs");
    }
    PhotoSet here = scan(folder);
    Path images = folder.resolve("images");
    PhotoSet found = here.photos().isEmpty() && Files.isDirectory(images) ? scan(images) : here;
    if (found.photos().isEmpty()) {
      throw new CallerMistake(
          "no-photos",
          folder + " holds no readable photograph" + reasons(found),
          "Give a folder with JPEG or PNG photographs");
    }
    return found;
  }

  private static String reasons(PhotoSet found) {
    return found.skipped().isEmpty() ? "" : " (" + found.skipped().get(0).reason() + ")";
  }

  private static PhotoSet scan(Path folder) {
    List<Photo> photos = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = String.valueOf(file.getFileName());
      try {
        Optional<ImageFormat> format = ImageFormat.sniff(head(file));
        if (format.isPresent() && format.get() != ImageFormat.DICOM) {
          photos.add(inspected(name, file));
        } else if (namedLikePhoto(name)) {
          skipped.add(new Skipped(name, RejectionReason.UNSUPPORTED_TYPE.sentence()));
        }
      } catch (IOException | UnusableException unusable) {
        skipped.add(new Skipped(name, String.valueOf(unusable.getMessage())));
      }
    }
    return new PhotoSet(photos, skipped);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
  }

  private static boolean namedLikePhoto(String name) {
    return name.toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)");
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    }
  }

  private static Photo inspected(String name, Path file) throws IOException, UnusableException {
    if (Files.size(file) > Limits.MAX_BYTES) {
      throw new UnusableException(RejectionReason.FILE_TOO_LARGE);
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnusableException(RejectionReason.BAD_HEADER);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return checked(new Photo(name, file, reader.getWidth(0), reader.getHeight(0)));
      } finally {
        reader.dispose();
      }
    } catch (RuntimeException damaged) {
      throw new UnusableException(RejectionReason.BAD_HEADER);
    }
  }

  private static Photo checked(Photo photo) throws UnusableException {
    int longest = Math.max(photo.width(), photo.height());
    if (longest > Limits.MAX_EDGE || (long) photo.width() * photo.height() > Limits.MAX_PIXELS) {
      throw new UnusableException(RejectionReason.TOO_MANY_PIXELS);
    }
    if (Math.min(photo.width(), photo.height()) < Limits.MIN_EDGE) {
      throw new UnusableException(RejectionReason.TOO_FEW_PIXELS);
    }
    return photo;
  }

  private static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(RejectionReason reason) {
      super(reason.sentence());
    }
  }
}
