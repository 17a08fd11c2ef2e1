package fovea.train.loop;

import fovea.contract.consent.ConsentRule;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.train.data.AugmentationSettings;
import fovea.train.network.Networks;
import fovea.train.network.Views;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to train.
 *
 * @param views of a picture that is judged
 * @param startFrom weights of another network, see {@code --start-from}; empty: random ones
 * @param parametersVersion of the images; empty: the newest
 * @param threads an operation of the trainer may use; 0: half the machine's, at most 8
 */
public record TrainSettings(
    String architecture,
    int imageSize,
    int epochs,
    int batch,
    LossSettings loss,
    OptimiserSettings optimiser,
    AugmentationSettings augmentation,
    ScaleSettings scale,
    int patience,
    double heldOut,
    long seed,
    int threads,
    Views views,
    String startFrom,
    String parametersVersion)
    implements Serializable {

  static final Setting<String> ARCHITECTURE =
      Setting.choice("architecture", "cnn", Networks.names(), "The network");
  static final Setting<Integer> IMAGE_SIZE =
      Setting.integer("image-size", 64, 32, 1024, "Edge of the network's input in pixels");
  static final Setting<Integer> EPOCHS =
      Setting.integer("epochs", 12, 1, 1000, "How often every training image is seen");
  static final Setting<Integer> BATCH =
      Setting.integer("batch", 32, 2, 1024, "Images a step of the optimiser");
  static final Setting<Integer> PATIENCE =
      Setting.integer(
          "patience",
          0,
          0,
          1000,
          "Epochs without a better validation AUC before it stops; 0 never");
  static final Setting<Double> HELD_OUT =
      Setting.decimal(
          "held-out", 0.15, 0.05, 0.4, "Share of patients for validation, and again for the test");
  static final Setting<Integer> SEED =
      Setting.integer("seed", 1, 0, Integer.MAX_VALUE, "Seed of split, weights and augmentation");
  static final Setting<Integer> THREADS =
      Setting.integer("threads", 0, 0, 64, "Threads of the trainer; 0 half the machine's");
  static final Setting<String> VIEWS =
      Setting.choice(
          "test-views",
          "1",
          List.of("1", "4"),
          "Views of a picture that is judged, here and by predict: as it is; 4 also mirrored");

  /** Not for {@code tune}: a trial begins with random weights. */
  public static final Setting<Optional<String>> START_FROM =
      Setting.optional(
          "start-from", "Weights to begin with: .params or PyTorch's .pt; a file, s3a: or a key");

  static final Setting<Optional<String>> PARAMETERS_VERSION =
      Setting.optional("parameters-version", "Version of the normalised images; else the newest");

  /** All of them, for help and parsing. */
  public static final List<Setting<?>> ALL =
      Stream.of(
              List.of(ARCHITECTURE, IMAGE_SIZE, EPOCHS, BATCH),
              LossSettings.ALL,
              OptimiserSettings.ALL,
              AugmentationSettings.ALL,
              ScaleSettings.ALL,
              List.of(PATIENCE, HELD_OUT, SEED, THREADS, VIEWS, START_FROM, PARAMETERS_VERSION),
              List.of(ConsentRule.UNRECORDED))
          .<Setting<?>>flatMap(List::stream)
          .toList();

  /** Reads them. */
  public static TrainSettings of(SettingValues values) {
    return new TrainSettings(
        values.value(ARCHITECTURE),
        values.value(IMAGE_SIZE),
        values.value(EPOCHS),
        values.value(BATCH),
        LossSettings.of(values),
        OptimiserSettings.of(values),
        AugmentationSettings.of(values),
        ScaleSettings.of(values),
        values.value(PATIENCE),
        values.value(HELD_OUT),
        values.value(SEED),
        values.value(THREADS),
        Views.of(Integer.parseInt(values.value(VIEWS))),
        values.value(START_FROM).orElse(""),
        values.value(PARAMETERS_VERSION).orElse(""));
  }

  /**
   * The same with what was found.
   *
   * @param start SHA-256 of the weights it begins with; empty: none
   * @param version of the images
   */
  public TrainSettings resolved(String start, String version) {
    return new TrainSettings(
        architecture,
        imageSize,
        epochs,
        batch,
        loss,
        optimiser,
        augmentation,
        scale,
        patience,
        heldOut,
        seed,
        threads,
        views,
        start,
        version);
  }

  // Half: the engine's threads wait by spinning, and two of them on two cores that others use too
  // trained at 20 images a second where one alone made 163.
  int threadsHere() {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return threads > 0 ? threads : Math.min(8, half);
  }
}
