package fovea.contract.settings;

import fovea.contract.errors.CallerMistake;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its flag ({@code --name}), environment variable, default, range and help. A room's
 * settings record keeps its {@code Setting}s as constants and lists them, so that {@code --help},
 * the README's table and the parser can never disagree.
 *
 * @param name flag without dashes, kebab-case
 * @param variable environment variable, or null where only the flag sets it
 * @param standard the default as text; null makes the setting required unless optional
 * @param range the allowed values in words
 * @param help one line
 * @param parser text to value; throws {@link IllegalArgumentException} with the reason
 */
public record Setting<T>(
    String name,
    @Nullable String variable,
    @Nullable String standard,
    String range,
    String help,
    Function<String, T> parser) {

  /** A whole number from {@code least} to {@code most}, both included. */
  public static Setting<Integer> integer(
      String name, int standard, int least, int most, String help) {
    return new Setting<>(
        name,
        null,
        Integer.toString(standard),
        least + " to " + most,
        help,
        text -> (int) bounded(Long.parseLong(text.strip()), least, most));
  }

  /** A number from {@code least} to {@code most}, both included. */
  public static Setting<Double> decimal(
      String name, double standard, double least, double most, String help) {
    return new Setting<>(
        name,
        null,
        Double.toString(standard),
        least + " to " + most,
        help,
        text -> bounded(Double.parseDouble(text.strip()), least, most));
  }

  /** One of several words, compared without case. */
  public static Setting<String> choice(
      String name, String standard, List<String> choices, String help) {
    return new Setting<>(
        name,
        null,
        standard,
        String.join(" | ", choices),
        help,
        text -> {
          String word = text.strip().toLowerCase(Locale.ROOT);
          require(choices.contains(word), "must be one of " + String.join(", ", choices));
          return word;
        });
  }

  /** Any text with a default. */
  public static Setting<String> text(String name, String standard, String help) {
    return new Setting<>(name, null, standard, "text", help, Function.identity());
  }

  /** Text that may be left out. */
  public static Setting<Optional<String>> optional(String name, String help) {
    return new Setting<>(name, null, "", "text", help, Setting::nonEmpty);
  }

  /** Text that must be given. */
  public static Setting<String> required(String name, String help) {
    return new Setting<>(name, null, null, "text", help, Function.identity());
  }

  /** A path that may be left out. */
  public static Setting<Optional<Path>> path(String name, String help) {
    return new Setting<>(name, null, "", "path", help, text -> nonEmpty(text).map(Path::of));
  }

  /** A comma-separated list of words; empty entries are dropped. */
  public static Setting<List<String>> list(String name, String standard, String help) {
    return new Setting<>(
        name,
        null,
        standard,
        "a,b,c",
        help,
        text ->
            List.of(text.split(",")).stream()
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList());
  }

  /** A flag that takes no value: present is true. */
  public static Setting<Boolean> flag(String name, String help) {
    return new Setting<>(
        name,
        null,
        "false",
        "flag",
        help,
        text -> {
          require(List.of("true", "false").contains(text), "is given alone, or as true or false");
          return text.equals("true");
        });
  }

  /** The same setting, read from an environment variable where its flag is absent. */
  public Setting<T> orVariable(String environmentVariable) {
    return new Setting<>(name, environmentVariable, standard, range, help, parser);
  }

  /** Whether the flag stands alone on the command line. */
  public boolean takesNoValue() {
    return range.equals("flag");
  }

  T parse(String text) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException notANumber) {
      throw mistake("must be a number (" + range + ")", text);
    } catch (IllegalArgumentException outside) {
      throw mistake(String.valueOf(outside.getMessage()), text);
    }
  }

  private CallerMistake mistake(String why, String text) {
    return new CallerMistake(
        "bad-setting",
        "--" + name + " " + why + ", cannot be: " + text,
        help + " (" + range + (standard == null ? "" : ", default " + standard) + ")");
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static long bounded(long value, long least, long most) {
    require(value >= least && value <= most, "must be between " + least + " and " + most);
    return value;
  }

  private static double bounded(double value, double least, double most) {
    require(value >= least && value <= most, "must be between " + least + " and " + most);
    return value;
  }

  private static void require(boolean holds, String why) {
    if (!holds) {
      throw new IllegalArgumentException(why);
    }
  }
}
