package fovea.train.tune;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.train.loop.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is tried.
 *
 * @param folds 1: the validation part of {@code train}; more: as many groups of patients take turns
 */
public record TuneSettings(TrainSettings base, List<Trial> trials, int folds) {

  private static final Setting<String> GRID =
      Setting.text("grid", "", "Settings and values to combine: learning-rate=1e-3,3e-3;batch=16");
  private static final Setting<Integer> FOLDS =
      Setting.integer("folds", 1, 1, 20, "Groups of patients that validate in turn; 1 one of them");

  /** All of them, for help and parsing. */
  public static final List<Setting<?>> ALL =
      Stream.<Setting<?>>concat(Stream.of(GRID, FOLDS), TrainSettings.ALL.stream())
          .filter(setting -> !setting.equals(TrainSettings.START_FROM))
          .toList();

  // The same patients in every trial, or they could not be compared; one trainer in each.
  private static final List<String> FIXED =
      List.of("held-out", "parameters-version", "trainers", "local-steps");

  /**
   * Reads them.
   *
   * @throws CallerMistake where the grid names what is no setting, or a value it cannot have
   */
  public static TuneSettings of(SettingValues values) {
    int folds = values.value(FOLDS);
    List<Trial> trials = new ArrayList<>();
    for (Map<String, String> choice : Grid.of(values.value(GRID)).choices()) {
      TrainSettings settings = TrainSettings.of(values.with(checked(choice)));
      for (int fold = 0; fold < folds; fold++) {
        trials.add(new Trial(trials.size(), Grid.flags(choice), fold, settings));
      }
    }
    return new TuneSettings(TrainSettings.of(values), List.copyOf(trials), folds);
  }

  private static Map<String, String> checked(Map<String, String> choice) {
    List<String> words = new ArrayList<>();
    choice.forEach((name, value) -> words.addAll(List.of("--" + name, value)));
    SettingValues.parse(words, ALL, Map.of());
    for (String name : choice.keySet()) {
      if (FIXED.contains(name)) {
        throw new CallerMistake(
            "bad-grid", "the grid cannot vary " + name, "Give --" + name + " once, for all");
      }
    }
    return choice;
  }
}
