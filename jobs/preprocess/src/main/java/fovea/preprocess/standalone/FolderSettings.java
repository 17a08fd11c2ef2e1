package fovea.preprocess.standalone;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.preprocess.fundus.PreprocessSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to preprocess and where to put it.
 *
 * @param images folder of pictures, searched with its sub-folders
 * @param out folder for results and reports, created where missing
 * @param threads pictures at a time
 */
public record FolderSettings(Path images, Path out, int threads, PreprocessSettings pictures) {

  /** Where the pictures are. */
  public static final Setting<Optional<Path>> IMAGES =
      Setting.path("images", "Folder of pictures, searched with its sub-folders");

  /** Where the results go. */
  public static final Setting<Optional<Path>> OUT =
      Setting.path("out", "Folder for results and reports, outside the pictures' folder");

  /** Pictures at a time. */
  public static final Setting<Integer> THREADS =
      Setting.integer("threads", 0, 0, 256, "Pictures at a time; 0 for one a core");

  /** All of them. */
  public static final List<Setting<?>> ALL = all();

  /** The settings the caller gave. */
  public static FolderSettings of(SettingValues values) {
    int threads = values.value(THREADS);
    return new FolderSettings(
        values.required(IMAGES),
        values.required(OUT),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        PreprocessSettings.of(values));
  }

  private static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(List.of(IMAGES, OUT, THREADS));
    all.addAll(PreprocessSettings.ALL);
    return List.copyOf(all);
  }
}
