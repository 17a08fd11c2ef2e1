package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import fovea.train.EvaluateJob;
import fovea.train.RegressJob;
import fovea.train.TuneJob;
import java.util.ArrayList;
import java.util.List;

/** Every word the command line knows. */
final class Commands {
  private Commands() {}

  static List<Command> all() {
    List<Command> commands = new ArrayList<>();
    commands.add(new DemoCommand());
    commands.add(new LoadCommand());
    ResearchPipeline.stages().forEach(job -> commands.add(new JobCommand(job)));
    commands.add(new JobCommand(new TuneJob()));
    commands.add(new JobCommand(new RegressJob()));
    commands.add(new PipelineCommand());
    commands.add(new JobCommand(new EvaluateJob()));
    commands.add(new ModelsCommand());
    commands.add(new MaintainCommand());
    commands.add(new SqlCommand());
    commands.add(new StatusCommand());
    commands.add(new ClusterCommand());
    commands.add(new SettingsCommand());
    return commands;
  }

  static Command named(String word) {
    return all().stream()
        .filter(command -> command.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new CallerMistake(
                    "unknown-command",
                    "unknown command: " + word,
                    "See ./fovea --help for the commands"));
  }
}
