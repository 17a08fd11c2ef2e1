package fovea.catalog;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;

/**
 * Reads one kind of data set. An importer only reads: what it finds goes through the same uploads
 * as everybody's. Importing twice adds nothing.
 */
public interface Importer {

  /** Its name on the command line. */
  String name();

  /** One line. */
  String help();

  /** Its own settings and {@link ImportSettings}. */
  List<Setting<?>> settings();

  /**
   * Finds everything in a data set.
   *
   * @throws CallerMistake where the folder is not such a data set
   */
  void read(SettingValues values, Sink sink);

  /** What an import would do, without a server: every row is read, nothing is uploaded. */
  default ImportReport plan(SettingValues values) {
    Tally tally = new Tally(name());
    read(values, tally.dry());
    return tally.report();
  }

  /**
   * Imports a data set: uploads, and waits for the uploads.
   *
   * @throws CallerMistake where the folder is not such a data set, or the server cannot be used
   */
  default ImportReport run(ApiClient client, SettingValues values, ImportListener listener) {
    try (ImportRun run = new ImportRun(name(), client, values, listener)) {
      read(values, run);
      return run.finish();
    }
  }
}
