package fovea.pipeline;

import fovea.contract.model.TrainingRunId;
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
    return TrainingRunId.of(text);
  }
}
