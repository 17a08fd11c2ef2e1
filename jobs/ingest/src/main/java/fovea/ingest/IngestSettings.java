package fovea.ingest;

import fovea.contract.capture.Limits;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.Serializable;
import java.util.List;

/**
 * How uploads are taken in.
 *
 * @param batch most uploads in one commit
 * @param attempts tries for each read from the object store
 * @param follow seconds between looks for new uploads; 0 for one look
 * @param sessionPhotos most photographs of a session, those of its archives among them
 */
record IngestSettings(int batch, int attempts, int follow, int sessionPhotos)
    implements Serializable {
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

  static final Setting<Integer> SESSION_PHOTOS =
      Setting.integer(
              "session-photos",
              Limits.MAX_SESSION_PHOTOS,
              3,
              10_000,
              "most photographs of one session; of an archive's those beyond are kept out")
          .orVariable("FOVEA_SESSION_PHOTOS");

  static final List<Setting<?>> ALL = List.of(BATCH, ATTEMPTS, FOLLOW, SESSION_PHOTOS);

  static IngestSettings of(SettingValues values) {
    return new IngestSettings(
        values.value(BATCH),
        values.value(ATTEMPTS),
        values.value(FOLLOW),
        values.value(SESSION_PHOTOS));
  }
}
