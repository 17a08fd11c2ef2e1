package fovea.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fovea.contract.errors.CallerMistake;
import fovea.train.data.Normalisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
  void first_weights_are_another_networks_and_the_classifier_may_be_fresh() {
    float[] others = CNN.description().apply(5).first(1);
    float[] drawn = CNN.description().apply(1).first(7);
    FirstWeights found = FirstWeights.ofNetwork(CNN, 1, 7, header("cnn", "grades"), others);
    assertThat(found.taken()).isEqualTo(new Taken(25, 2));
    int body = drawn.length - 193;
    assertThat(Arrays.equals(found.values(), 0, body, others, 0, body)).isTrue();
    int end = drawn.length;
    assertThat(Arrays.equals(found.values(), body, end, drawn, body, end)).isTrue();
    float[] same = CNN.description().apply(1).first(1);
    FirstWeights all = FirstWeights.ofNetwork(CNN, 1, 7, header("cnn", "binary"), same);
    assertThat(all.taken()).isEqualTo(new Taken(27, 0));
    assertThat(all.values()).isEqualTo(same);
  }

  @Test
  void first_weights_that_fit_only_in_part_are_refused_whoever_wrote_them() throws IOException {
    Architecture resnet18 = Networks.byName("resnet18");
    Architecture resnet50 = Networks.byName("resnet50");
    float[] others = resnet18.description().apply(1).first(1);
    Path archive = folder.resolve("resnet18.pt");
    Files.write(archive, TorchScriptFile.write(resnet18, 1, others));
    assertRefused("other-network", () -> FirstWeights.ofTorch(resnet50, 1, 1, archive));
    assertRefused(
        "other-network",
        () -> FirstWeights.ofNetwork(resnet50, 1, 1, header("resnet18", "binary"), others));
    assertRefused(
        "other-network",
        () -> FirstWeights.ofNetwork(resnet18, 1, 1, header("resnet18", "grades"), others));
    assertThat(FirstWeights.ofTorch(resnet18, 1, 9, archive).values()).isEqualTo(others);
  }

  private static NetworkHeader header(String architecture, String objective) {
    Normalisation none = new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    return new NetworkHeader(
        "", architecture, objective, EDGE, none, 1, "", 0.5, NetworkHeader.REFERABLE, 0, "");
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
