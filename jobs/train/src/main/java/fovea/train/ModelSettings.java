package fovea.train;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.train.models.GateSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who decides on a network, and what its card shows.
 *
 * @param by name or login
 * @param reason may be empty
 * @param smallestCell fewer patients than that are not counted on the card
 */
public record ModelSettings(String by, String reason, int smallestCell, GateSettings gate) {
  private static final int LONGEST_NAME = 255;
  private static final Setting<Optional<String>> BY =
      Setting.optional("by", "Who decides; else the operating system's user");
  private static final Setting<Optional<String>> REASON =
      Setting.optional("reason", "Why, in one sentence; retire needs it");
  private static final Setting<Integer> SMALLEST_CELL =
      Setting.integer("min-cell", 10, 1, 100_000, "The card counts no fewer patients than that");

  /** All of them, for help and parsing. */
  public static final List<Setting<?>> ALL =
      Stream.concat(Stream.of(BY, REASON, SMALLEST_CELL), GateSettings.ALL.stream()).toList();

  /** Reads them. */
  public static ModelSettings of(SettingValues values) {
    String by = values.value(BY).map(String::strip).orElse(System.getProperty("user.name", ""));
    if (by.isEmpty() || by.length() > LONGEST_NAME) {
      throw new CallerMistake(
          "bad-setting",
          "--by must be a name of up to 255 letters",
          "For example --by \"A. Jones\"");
    }
    return new ModelSettings(
        by,
        values.value(REASON).map(String::strip).orElse(""),
        values.value(SMALLEST_CELL),
        GateSettings.of(values));
  }

  /**
   * The reason.
   *
   * @throws CallerMistake where none was given
   */
  public String requiredReason() {
    if (reason.isEmpty()) {
      throw new CallerMistake(
          "missing-setting", "--reason is required", "Say in a sentence why the model is retired");
    }
    return reason;
  }
}
