package fovea.pipeline;

import fovea.contract.settings.Setting;
import java.util.List;

/** What {@code --help} prints, made from the settings themselves. */
final class Help {
  private Help() {}

  static String overview() {
    StringBuilder text =
        new StringBuilder(
            """
            Fovea: a lakehouse for medical-imaging research.

            Usage: fovea COMMAND [--flag value ...]      fovea COMMAND --help

            """);
    Commands.all().forEach(c -> text.append(line(c.name(), c.help())));
    text.append(line("up", "the platform: Postgres, S3 and the API, in the foreground"));
    return text.append("\nExit codes: 0 done, 2 your mistake, 3 a fault of Fovea's.\n").toString();
  }

  static String of(Command command) {
    StringBuilder text = new StringBuilder();
    text.append("Usage: fovea ").append(command.name()).append(command.operands());
    text.append(" [--flag value ...]\n\n").append(command.help()).append("\n\n");
    command.settings().forEach(s -> text.append(flag(s)));
    return text.toString();
  }

  /** The same as a Markdown table, for docs/settings.md. */
  static String markdown(List<Command> commands) {
    StringBuilder text = new StringBuilder();
    for (Command command : commands) {
      text.append("\n## ").append(command.name()).append("\n\n").append(command.help());
      text.append("\n\n| flag | default | range | variable | meaning |\n|-|-|-|-|-|\n");
      command.settings().forEach(s -> text.append(row(s)));
    }
    return text.toString();
  }

  private static String line(String name, String help) {
    return String.format("  %-12s %s%n", name, help);
  }

  private static String flag(Setting<?> setting) {
    String variable = setting.variable() == null ? "" : ", or " + setting.variable();
    return String.format(
        "  --%-22s %s (%s%s%s)%n",
        setting.name(), setting.help(), setting.range(), defaultOf(setting), variable);
  }

  private static String defaultOf(Setting<?> setting) {
    if (setting.standard() == null) {
      return ", required";
    }
    return setting.standard().isEmpty() || setting.takesNoValue()
        ? ""
        : ", default " + setting.standard();
  }

  private static String row(Setting<?> setting) {
    String standard = setting.standard() == null ? "required" : setting.standard();
    String variable = setting.variable() == null ? "" : "`" + setting.variable() + "`";
    return String.format(
        "| `--%s` | %s | %s | %s | %s |%n",
        setting.name(),
        standard,
        setting.range().replace("|", "\\|"),
        variable,
        setting.help().replace("|", "\\|"));
  }
}
