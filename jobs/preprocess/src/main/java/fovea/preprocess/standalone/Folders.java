package fovea.preprocess.standalone;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** The two folders: checked before any work, and written to atomically. */
final class Folders {
  private Folders() {}

  /** Every file that is not hidden, in order; links are not followed. */
  static List<Path> files(Path images) {
    if (!Files.isDirectory(images)) {
      throw new CallerMistake(
          "no-such-folder",
          "--images is not a folder: " + images,
          "Give the folder that holds the pictures");
    }
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(images, new Collector(files));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    if (files.isEmpty()) {
      throw new CallerMistake(
          "empty-folder",
          "--images holds no files: " + images,
          "Give the folder that holds the pictures");
    }
    Collections.sort(files);
    return files;
  }

  /** Creates the result folder and proves that it can be written to. */
  static void prepare(Path images, Path out) {
    try {
      if (real(out).startsWith(real(images))) {
        throw new CallerMistake(
            "out-inside-images",
            "--out lies inside --images: " + out,
            "Give a folder elsewhere, or the results would be read as pictures next time");
      }
      Files.createDirectories(out);
      Files.delete(Files.createTempFile(out, ".probe", ""));
    } catch (IOException cannot) {
      throw new CallerMistake(
          "unwritable-folder",
          "--out cannot be written to: " + out,
          "Give a folder that you may create files in");
    }
  }

  /** Writes a file in one step: a reader sees the whole or nothing. */
  static void write(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    Files.createDirectories(folder);
    // Not createTempFile: its files are the owner's alone, and so would be the results.
    Path part = folder.resolve(".part-" + UUID.randomUUID());
    try {
      Files.write(part, content, StandardOpenOption.CREATE_NEW);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  // The real path of what exists of it, so that links cannot hide one folder in the other.
  private static Path real(Path path) throws IOException {
    Path existing = path.toAbsolutePath().normalize();
    Path parent = existing.getParent();
    if (Files.exists(existing) || parent == null) {
      return existing.toRealPath();
    }
    return real(parent).resolve(existing.getFileName());
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> files;

    Collector(List<Path> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !file.getFileName().toString().startsWith(".")) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
