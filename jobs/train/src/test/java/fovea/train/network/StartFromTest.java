package fovea.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFromTest {
  private static final Architecture CNN = Networks.byName("cnn");
  private static final int EDGE = 32;

  @TempDir Path folder;

  @Test
  void values_come_back_from_a_file_and_the_file_is_the_same_each_time() {
    try (Network first = Network.untrained(CNN, EDGE, 2, 1);
        Network second = Network.untrained(CNN, EDGE, 2, 2)) {
      byte[] archive = TorchScriptFile.write(CNN, 2, first.values());
      assertThat(second.startFrom(archive)).isEqualTo(new Taken(27, 0));
      assertThat(Arrays.equals(second.values(), first.values())).isTrue();
      byte[] again = TorchScriptFile.write(CNN, 2, second.values());
      assertThat(Arrays.equals(again, archive)).isTrue();
    }
  }

  @Test
  void a_classifier_of_other_outputs_stays_as_it_is() {
    try (Network first = Network.untrained(CNN, EDGE, 5, 1);
        Network second = Network.untrained(CNN, EDGE, 1, 2)) {
      float[] before = second.values();
      byte[] archive = TorchScriptFile.write(CNN, 5, first.values());
      assertThat(second.startFrom(archive)).isEqualTo(new Taken(25, 2));
      float[] after = second.values();
      int body = after.length - 193;
      assertThat(Arrays.equals(after, 0, body, first.values(), 0, body)).isTrue();
      assertThat(Arrays.equals(after, body, after.length, before, body, after.length)).isTrue();
    }
  }

  @Test
  void what_is_no_archive_of_pytorch_is_refused() throws IOException {
    Path text = Files.writeString(folder.resolve("weights.pt"), "weights");
    byte[] noIndex = new TorchArchive(10).add("version", new byte[] {'3'}).finish();
    byte[] noPickle = new TorchArchive(10).add("data.pkl", new byte[] {7, 7}).finish();
    byte[] callsSystem =
        new TorchArchive(10)
            .add("data.pkl", "\u0080\2cos\nsystem\n(X\1\0\0\0atR.".getBytes("ISO-8859-1"))
            .finish();
    try (Network network = Network.untrained(CNN, EDGE, 1, 1)) {
      assertRefused("not-weights", () -> network.startFrom(text));
      assertRefused("not-weights", () -> network.startFrom(folder.resolve("absent.pt")));
      assertRefused("not-weights", () -> network.startFrom(noIndex));
      assertRefused("not-weights", () -> network.startFrom(noPickle));
      assertRefused("other-network", () -> network.startFrom(callsSystem));
    }
  }

  @Test
  void a_weight_that_is_not_finite_is_refused_and_nothing_is_taken() {
    try (Network network = Network.untrained(CNN, EDGE, 1, 1)) {
      float[] before = network.values();
      float[] broken = before.clone();
      broken[broken.length - 1] = Float.NaN;
      byte[] archive = TorchScriptFile.write(CNN, 1, broken);
      assertRefused("not-weights", () -> network.startFrom(archive));
      assertThat(Arrays.equals(network.values(), before)).isTrue();
    }
  }

  @Test
  void another_network_is_refused() {
    Architecture b0 = Networks.byName("efficientnet-b0");
    byte[] archive = TorchScriptFile.write(CNN, 1, CNN.description().apply(1).first(1));
    try (Network network = Network.untrained(b0, EDGE, 1, 1)) {
      assertRefused("other-network", () -> network.startFrom(archive));
    }
  }

  @Test
  void values_of_another_number_are_not_written() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchScriptFile.write(CNN, 1, new float[3]))
        .withMessageContaining("cannot be: 3");
  }

  private static void assertRefused(String code, Runnable work) {
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(work::run)
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(code));
  }
}
