package fovea.contract.settings;

import fovea.contract.errors.CallerMistake;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the caller gave: flags first, then environment variables, then defaults. */
public final class SettingValues {
  private final Map<String, String> flags;
  private final Map<String, String> environment;

  private SettingValues(Map<String, String> flags, Map<String, String> environment) {
    this.flags = flags;
    this.environment = environment;
  }

  /** Values given in code, by flag name without dashes; everything else takes its default. */
  public static SettingValues of(Map<String, String> flags) {
    return new SettingValues(Map.copyOf(flags), Map.of());
  }

  /** Defaults and environment variables only. */
  public static SettingValues from(Map<String, String> environment) {
    return new SettingValues(Map.of(), Map.copyOf(environment));
  }

  /**
   * Parses {@code --name value}, {@code --name=value} and bare flags.
   *
   * @throws CallerMistake for an unknown flag, a missing or bad value, or a stray word
   */
  public static SettingValues parse(
      List<String> arguments, Collection<Setting<?>> known, Map<String, String> environment) {
    Map<String, Setting<?>> byName =
        known.stream().collect(Collectors.toMap(Setting::name, s -> s, (a, b) -> a));
    Map<String, String> flags = new HashMap<>();
    ArrayDeque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      int equals = word.indexOf('=');
      String name = name(word, equals);
      Setting<?> setting = byName.get(name);
      if (setting == null) {
        throw unknown(word);
      }
      String value = value(word, equals, setting, rest);
      setting.parse(value); // a bad value is told at once, not when its job gets there
      flags.put(name, value);
    }
    return new SettingValues(flags, Map.copyOf(environment));
  }

  /** The value of a setting: flag, else variable, else default. */
  public <T> T value(Setting<T> setting) {
    String text = text(setting);
    if (text == null) {
      throw missing(setting);
    }
    return setting.parse(text);
  }

  /**
   * The value of a setting that has no default but may be left out elsewhere.
   *
   * @throws CallerMistake where the caller gave none
   */
  public <T> T required(Setting<Optional<T>> setting) {
    return value(setting).orElseThrow(() -> missing(setting));
  }

  /** The same with other defaults, by flag name; what the caller gave wins. */
  public SettingValues withDefaults(Map<String, String> defaults) {
    Map<String, String> all = new HashMap<>(defaults);
    all.putAll(flags);
    return new SettingValues(all, environment);
  }

  /** The same with other values, by flag name, whatever the caller gave. */
  public SettingValues with(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(flags);
    all.putAll(others);
    return new SettingValues(all, environment);
  }

  /** Whether the caller gave the setting, by flag or variable. */
  public boolean given(Setting<?> setting) {
    return flags.containsKey(setting.name())
        || (setting.variable() != null && environment.containsKey(setting.variable()));
  }

  private @Nullable String text(Setting<?> setting) {
    String flag = flags.get(setting.name());
    if (flag != null) {
      return flag;
    }
    String variable = setting.variable() == null ? null : environment.get(setting.variable());
    return variable != null ? variable : setting.standard();
  }

  private static String name(String word, int equals) {
    if (!word.startsWith("--")) {
      throw new CallerMistake(
          "stray-argument", "unexpected argument: " + word, "Flags begin with --; see --help");
    }
    return equals < 0 ? word.substring(2) : word.substring(2, equals);
  }

  private static String value(
      String word, int equals, Setting<?> setting, ArrayDeque<String> rest) {
    if (equals >= 0) {
      return word.substring(equals + 1);
    }
    if (setting.takesNoValue()) {
      return "true";
    }
    if (rest.isEmpty()) {
      throw new CallerMistake("missing-value", word + " needs a value", setting.help());
    }
    return rest.removeFirst();
  }

  private static CallerMistake missing(Setting<?> setting) {
    return new CallerMistake(
        "missing-setting", "--" + setting.name() + " is required", setting.help());
  }

  private static CallerMistake unknown(String word) {
    return new CallerMistake("unknown-flag", "unknown flag: " + word, "See --help for the flags");
  }
}
