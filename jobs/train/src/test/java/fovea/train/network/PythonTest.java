package fovea.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch's own Python reads what Fovea writes, and the other way round. */
class PythonTest {
  private static final List<String> NAMES = List.of("cnn", "resnet18", "efficientnet-b0");
  private static final int EDGE = 64;
  private static final int PICTURES = 3;
  private static final int OUTPUTS = 2;
  private static final double SAME = 1e-4;

  @TempDir static Path folder;
  private static final List<List<Float>> LOGITS = new ArrayList<>();

  @BeforeAll
  static void write_and_let_python_read() throws Exception {
    String python = python();
    Torch.forPrediction(1);
    ByteBuffer pictures = ByteBuffer.allocate(4 * PICTURES * 3 * EDGE * EDGE);
    pictures.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(Waves.pictures(PICTURES, EDGE));
    Files.write(folder.resolve("pictures"), pictures.array());
    for (String name : NAMES) {
      try (Network network = network(name, 1)) {
        learnStatistics(network);
        byte[] archive = TorchScriptFile.write(Networks.byName(name), OUTPUTS, network.values());
        Files.write(folder.resolve(name + ".pt"), archive);
        LOGITS.add(logits(network));
      }
    }
    List<String> command = new ArrayList<>(List.of(python, "src/test/python/peers.py"));
    command.addAll(List.of(folder.toString(), String.valueOf(EDGE)));
    command.addAll(NAMES);
    assertThat(run(command)).as("exit code of peers.py").isZero();
  }

  @Test
  void python_gets_the_same_logits_from_an_exported_network() throws IOException {
    for (int i = 0; i < NAMES.size(); i++) {
      assertSame(NAMES.get(i) + ".exported", LOGITS.get(i));
    }
  }

  @Test
  void a_plain_network_of_python_takes_the_state_by_name() throws IOException {
    for (int i = 0; i < NAMES.size(); i++) {
      assertSame(NAMES.get(i) + ".loaded", LOGITS.get(i));
    }
  }

  @Test
  void a_network_begins_with_the_weights_of_one_that_python_wrote() throws IOException {
    for (String name : NAMES) {
      try (Network network = network(name, 9)) {
        Taken taken = network.startFrom(folder.resolve(name + ".python.pt"));
        assertThat(taken).isEqualTo(new Taken(network.parameters().size(), 0));
        assertSame(name + ".python", logits(network));
      }
    }
  }

  private static void assertSame(String file, List<Float> expected) throws IOException {
    List<Float> found =
        Files.readAllLines(folder.resolve(file)).stream().map(Float::valueOf).toList();
    assertThat(found).as(file).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat((double) found.get(i)).as(file).isCloseTo(expected.get(i), within(SAME));
    }
    assertThat(Collections.max(found) - Collections.min(found)).as(file).isGreaterThan(1e-3f);
  }

  private static Network network(String name, long seed) {
    return Network.untrained(Networks.byName(name), EDGE, OUTPUTS, seed);
  }

  private static void learnStatistics(Network network) {
    try (NDManager scope = network.manager().newSubManager()) {
      for (int i = 0; i < 10; i++) {
        network.learn(pictures(scope));
      }
    }
  }

  private static List<Float> logits(Network network) {
    try (NDManager scope = network.manager().newSubManager()) {
      List<Float> logits = new ArrayList<>();
      for (float logit : network.infer(pictures(scope)).toFloatArray()) {
        logits.add(logit);
      }
      return logits;
    }
  }

  private static NDArray pictures(NDManager scope) {
    return scope.create(Waves.pictures(PICTURES, EDGE), new Shape(PICTURES, 3, EDGE, EDGE));
  }

  private static String python() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        if (run(List.of(python, "-c", "import torch")) == 0) {
          return python;
        }
      } catch (IOException absent) {
        // The next one.
      }
    }
    assumeTrue(false, "there is no python3 with torch here");
    return "";
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
