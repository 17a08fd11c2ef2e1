package fovea.runtime;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What every job reads.
 *
 * @param master where Spark runs; {@code spark-submit --master} wins over it
 * @param data the platform's folder
 * @param reports where reports are written
 */
public record RuntimeSettings(String master, Path data, Path reports) {
  /** Where Spark runs. */
  public static final Setting<String> MASTER =
      Setting.text("master", "local[*]", "Spark: local[*], spark://HOST:7077 or k8s://URL")
          .orVariable("FOVEA_MASTER");

  /** The platform's folder. */
  public static final Setting<String> DATA =
      Setting.text("data", ".fovea", "the platform's folder, with its platform.env")
          .orVariable("FOVEA_DATA");

  /** Where reports go. */
  public static final Setting<Optional<Path>> REPORTS =
      Setting.path("reports", "folder for job reports; DATA/reports where left out")
          .orVariable("FOVEA_REPORTS");

  /** All of them. */
  public static final List<Setting<?>> ALL = List.of(MASTER, DATA, REPORTS);

  /** Reads them. */
  public static RuntimeSettings of(SettingValues values) {
    Path data = Path.of(values.value(DATA)).toAbsolutePath().normalize();
    return new RuntimeSettings(
        values.value(MASTER), data, values.value(REPORTS).orElse(data.resolve("reports")));
  }
}
