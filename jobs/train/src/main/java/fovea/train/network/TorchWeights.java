package fovea.train.network;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The weights in an archive of PyTorch, by name: a TorchScript module ({@code torch.jit.save}) or a
 * {@code state_dict} ({@code torch.save}). Nothing of what the archive holds is run. Close it.
 */
final class TorchWeights implements AutoCloseable {
  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_DEPTH = 64;
  private static final int MOST_MODULES = 1 << 20;
  private static final String INDEX = "/data.pkl";

  private final ZipFile zip;
  private final String folder;
  private final Map<String, TensorPlace> places = new HashMap<>();
  private int modules;

  private TorchWeights(ZipFile zip) throws IOException {
    this.zip = zip;
    this.folder =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.indexOf('/') == name.length() - INDEX.length())
            .filter(name -> name.endsWith(INDEX))
            .map(name -> name.substring(0, name.length() - INDEX.length()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no data.pkl in it"));
    collect("", PickleReader.read(bytes("data.pkl")), MOST_DEPTH);
  }

  /**
   * Opens an archive and reads its index.
   *
   * @throws CallerMistake {@code not-weights} where it is no archive of PyTorch
   */
  static TorchWeights open(Path archive) {
    try {
      ZipFile zip = new ZipFile(archive.toFile());
      try {
        return new TorchWeights(zip);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw refusal(archive, e);
    }
  }

  /** The values under a name where it has this shape, whatever their precision in the archive. */
  Optional<float[]> values(StateTensor wanted) {
    TensorPlace place = places.get(wanted.name());
    if (place == null || !place.shape().equals(wanted.shape()) || place.storage().bytes() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(finite(place.values(bytes("data/" + place.storage().name()))));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw refusal(Path.of(zip.getName()), e);
    }
  }

  // An index can name a module inside itself: bounded in depth and in all.
  private void collect(String name, Object value, int depth) {
    if (value instanceof TensorPlace place) {
      places.put(name, place);
    } else if (value instanceof Map<?, ?> module && depth > 0 && modules++ < MOST_MODULES) {
      String prefix = name.isEmpty() ? "" : name + ".";
      module.forEach((inner, held) -> collect(prefix + inner, held, depth - 1));
    }
  }

  private byte[] bytes(String name) throws IOException {
    ZipEntry entry = zip.getEntry(folder + "/" + name);
    if (entry == null || entry.getSize() > MOST_BYTES) {
      throw new IllegalArgumentException(name + " is missing or larger than 1 GiB");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes((int) MOST_BYTES);
    }
  }

  private static float[] finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a weight is not finite");
      }
    }
    return values;
  }

  private static CallerMistake refusal(Path archive, Exception why) {
    CallerMistake mistake =
        new CallerMistake(
            "not-weights",
            archive.getFileName() + " holds no weights that can be read: " + why.getMessage(),
            "Give a TorchScript archive (torch.jit.save) or a state_dict (torch.save)");
    mistake.initCause(why);
    return mistake;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
