package fovea.pipeline;

import fovea.contract.settings.Setting;
import java.util.List;

/**
 * {@code fovea settings}: every setting of every command as Markdown, the source of
 * docs/settings.md.
 */
final class SettingsCommand implements Command {

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public String help() {
    return "every setting of every command, as Markdown";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public void run(Invocation invocation) {
    invocation.out().print(markdown());
  }

  static String markdown() {
    return "# Settings\n\nMade by `./fovea settings > docs/settings.md`; a test compares the two.\n"
        + Help.markdown(Commands.all());
  }
}
