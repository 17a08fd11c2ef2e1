package fovea.runtime;

import fovea.contract.settings.Setting;
import java.util.List;

/**
 * One stage of the work. A job reads, transforms with a pure static function, writes, and reports;
 * running it twice changes nothing the second time. Its Javadoc and {@link #help()} are its manual.
 */
public interface Job {

  /** The word on the command line: {@code ingest}. */
  String name();

  /** One line for {@code --help}. */
  String help();

  /** The settings this job reads, for parsing and {@code --help}. */
  List<Setting<?>> settings();

  /** Does the work over the platform's stores. */
  JobReport run(JobContext context);
}
