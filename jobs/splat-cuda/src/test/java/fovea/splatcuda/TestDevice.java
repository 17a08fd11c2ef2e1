package fovea.splatcuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the tests of the kernels run on: this machine's device where it has one and the build its
 * library, else, where it is asked for, the same sources compiled by g++ for a host that plays the
 * device.
 */
final class TestDevice {
  private static final Path SOURCES = Path.of("src", "main", "cuda");
  private static final Path EMULATED = Path.of("target", "emulated", "libfovea_splat_emulated.so");

  // Compiling and playing take a minute and a half of the processor.
  private static final String ASKED = "FOVEA_EMULATED_DEVICE";

  private TestDevice() {}

  private static final class Found {
    static final Door DOOR = find();
  }

  /** Skips the test, with the reason, where there is neither. */
  static Door door() {
    assumeTrue(Found.DOOR.open(), () -> "no device and no emulation: " + Found.DOOR.reason());
    return Found.DOOR;
  }

  static boolean emulated() {
    return door().device().equals("emulated");
  }

  private static Door find() {
    Door real = Door.ofThisMachine();
    if (real.open()) {
      return real;
    }
    if (System.getenv(ASKED) == null) {
      return new Door(null, "", real.reason() + "; " + ASKED + "=1 has the host play one");
    }
    try {
      compile();
      return Door.of(SplatLibrary.load(EMULATED));
    } catch (IOException noCompiler) {
      return new Door(null, "", "g++ is not on the PATH (" + noCompiler.getMessage() + ")");
    }
  }

  private static void compile() throws IOException {
    if (current()) {
      return;
    }
    Files.createDirectories(EMULATED.getParent());
    Path fresh = Files.createTempFile(EMULATED.getParent(), "library", ".so");
    List<String> command =
        List.of(
            "g++",
            "-std=c++17",
            "-O2",
            "-fPIC",
            "-shared",
            "-fvisibility=hidden",
            "-x",
            "c++",
            SOURCES.resolve("fovea_splat.cu").toString(),
            "-o",
            fresh.toString());
    Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(compiler.getInputStream().readAllBytes());
    try {
      if (!compiler.waitFor(5, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
        throw new AssertionError("the kernels do not compile:\n" + said);
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    Files.move(fresh, EMULATED, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean current() throws IOException {
    if (!Files.exists(EMULATED)) {
      return false;
    }
    try (var sources = Files.list(SOURCES)) {
      long made = Files.getLastModifiedTime(EMULATED).toMillis();
      return sources.allMatch(s -> s.toFile().lastModified() < made);
    }
  }
}
