package fovea.splatcuda;

import com.sun.jna.ptr.LongByReference;
import fovea.contract.errors.CallerMistake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The library, loaded once, or the reason why it is not there. Looking costs little where there is
 * nothing: neither JNA nor the library is touched before both a library and a driver were seen.
 *
 * @param reason in words, where there is no library
 */
record Door(@Nullable SplatLibrary library, String device, String reason) {
  private static final String RESOURCE = "/linux-x86-64/libfovea_splat.so";
  private static final List<Path> DRIVERS =
      List.of(Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"), Path.of("/dev/nvhost-ctrl-gpu"));
  private static final int NAME = 256;

  /** Looked for once a process. */
  private static final class Found {
    static final Door DOOR = look();
  }

  static Door ofThisMachine() {
    return Found.DOOR;
  }

  private static Door look() {
    if (System.getProperty("jna.library.path") == null
        && Door.class.getResource(RESOURCE) == null) {
      return closed("this build has no CUDA library");
    }
    if (DRIVERS.stream().noneMatch(Files::exists)) {
      return closed("there is no NVIDIA driver");
    }
    return load();
  }

  /** Loads without looking for a driver first: the library then answers for itself. */
  static Door load() {
    try {
      return of(SplatLibrary.load());
    } catch (UnsatisfiedLinkError | NoClassDefFoundError missing) {
      return closed("the CUDA library cannot be loaded: " + missing.getMessage());
    }
  }

  static Door of(SplatLibrary library) {
    if (library.version() != SplatLibrary.VERSION) {
      return closed("the CUDA library is of another version");
    }
    byte[] name = new byte[NAME];
    int code = library.probe(name, name.length, new LongByReference());
    if (code != 0) {
      return closed(library.error());
    }
    String words = new String(name, StandardCharsets.UTF_8);
    return new Door(library, words.substring(0, words.indexOf('\0')), "");
  }

  private static Door closed(String reason) {
    return new Door(null, "", reason);
  }

  boolean open() {
    return library != null;
  }

  /** The library; only where {@link #open}. */
  SplatLibrary functions() {
    if (library == null) {
      throw new IllegalStateException("no CUDA device: " + reason);
    }
    return library;
  }

  /** Bytes that are free on the device now. */
  long free() {
    LongByReference free = new LongByReference();
    require(functions().probe(new byte[NAME], NAME, free));
    return free.getValue();
  }

  /** Turns a code into an exception. */
  void require(int code) {
    if (code == 0) {
      return;
    }
    String words = functions().error();
    if (code == SplatLibrary.NO_MEMORY) {
      throw new CallerMistake(
          "too-little-memory",
          "Training on " + device + ": " + words,
          "Lower --cap or --resolution");
    }
    throw new IllegalStateException(device + ": " + words);
  }
}
