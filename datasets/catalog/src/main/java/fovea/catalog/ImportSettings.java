package fovea.catalog;

import fovea.contract.consent.Purpose;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The settings that every importer has. */
public final class ImportSettings {
  /** The folder to import. */
  public static final Setting<String> FROM =
      Setting.required("from", "Folder of the data set, for example --from data/odir5k");

  /** Uploads at a time. */
  public static final Setting<Integer> IN_FLIGHT =
      Setting.integer("in-flight", 3, 1, 16, "Uploads at a time");

  /** What the patients allowed. */
  public static final Setting<List<String>> CONSENT =
      Setting.list(
          "consent",
          "",
          "What the patients of the data set allowed, to be recorded where nothing is: research,"
              + " training");

  /** Every setting of this room. */
  public static final List<Setting<?>> ALL = List.of(FROM, IN_FLIGHT, CONSENT);

  private ImportSettings() {}

  static List<Setting<?>> with(Setting<?>... more) {
    List<Setting<?>> all = new ArrayList<>(ALL);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  static List<Purpose> consent(SettingValues values) {
    return values.value(CONSENT).stream().map(ImportSettings::purpose).distinct().toList();
  }

  private static Purpose purpose(String word) {
    return Purpose.of(word)
        .orElseThrow(
            () ->
                new CallerMistake(
                    "bad-setting",
                    "--consent knows no purpose " + word,
                    "Choose from research, training"));
  }

  static Path folder(SettingValues values) {
    Path folder = Path.of(values.value(FROM));
    if (!Files.isDirectory(folder)) {
      throw new CallerMistake(
          "no-such-folder",
          "--from must be a folder, cannot be: " + folder,
          "Give the folder that holds the data set");
    }
    return folder;
  }
}
