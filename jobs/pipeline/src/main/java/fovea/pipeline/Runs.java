package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import java.util.Optional;
import java.util.UUID;

/** The training run that a command line names, as its second word or by {@code --run}. */
final class Runs {
  static final Setting<Optional<String>> RUN =
      Setting.optional("run", "a training run; the same as the word RUN");

  private Runs() {}

  static UUID asked(Command.Invocation invocation) {
    String text =
        invocation.operands().size() > 1
            ? invocation.operands().get(1)
            : invocation.values().value(RUN).orElse("");
    return uuid(text);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notOne) {
      throw new CallerMistake(
          "bad-run",
          text.isEmpty() ? "no training run given" : "not the id of a training run: " + text,
          "./fovea models list shows them");
    }
  }
}
