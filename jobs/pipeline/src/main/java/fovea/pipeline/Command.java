package fovea.pipeline;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** One word of the command line. */
interface Command {

  /** The word. */
  String name();

  /** One line for the list of commands. */
  String help();

  /** What it can be told; also the whole of {@code --help}. */
  List<Setting<?>> settings();

  /** Words that may follow without a flag, for the usage line; empty for most. */
  default String operands() {
    return "";
  }

  /** How many of those words there may be. */
  default int mostOperands() {
    return operands().isEmpty() ? 0 : 1;
  }

  /** Does it. */
  void run(Invocation invocation) throws Exception;

  /**
   * What the caller typed.
   *
   * @param operands the leading words without a flag
   * @param values the flags, over environment and defaults
   * @param environment the process's environment
   * @param out where results go
   */
  record Invocation(
      List<String> operands,
      SettingValues values,
      Map<String, String> environment,
      PrintStream out) {}
}
