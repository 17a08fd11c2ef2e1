package fovea.ingest;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;

/**
 * How uploads are taken in.
 *
 * @param batch most uploads in one commit
 * @param attempts tries for each read from the object store
 * @param follow seconds between looks for new uploads; 0 for one look
 */
record IngestSettings(int batch, int attempts, int follow) {
  static final Setting<Integer> BATCH =
      Setting.integer(
          "batch", 2000, 1, 100_000, "most uploads in one commit; their bytes lie on local disk");
  static final Setting<Integer> ATTEMPTS =
      Setting.integer("attempts", 4, 1, 20, "tries for each read before the run fails");

  static final Setting<Integer> FOLLOW =
      Setting.integer(
          "follow",
          0,
          0,
          3600,
          "seconds between looks for new uploads, until Ctrl-C or SIGTERM; 0 takes what is there");

  static final List<Setting<?>> ALL = List.of(BATCH, ATTEMPTS, FOLLOW);

  static IngestSettings of(SettingValues values) {
    return new IngestSettings(values.value(BATCH), values.value(ATTEMPTS), values.value(FOLLOW));
  }
}
