package fovea.pipeline.bench;

import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.Mats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Decodes every file of a folder at full size, on all cores, and does nothing with it. */
final class BareDecode {
  private BareDecode() {}

  public static void main(String[] arguments) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      List<Path> all = files.toList();
      all.parallelStream().forEach(BareDecode::decode);
    }
  }

  private static void decode(Path file) {
    try (Mats mats = new Mats()) {
      if (!(Decoder.decode(Files.readAllBytes(file), mats) instanceof Decoding.Decoded)) {
        throw new IllegalStateException(file + " does not decode");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
