package fovea.api;

import static fovea.contract.settings.Setting.optional;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.registry.Migrations;
import fovea.registry.Quotas;
import fovea.registry.Quotas.Quota;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code quota --organization NAME --most-bytes N ...}: grants an organisation room. */
final class QuotaCommand {
  static final Setting<Optional<String>> BYTES =
      optional("most-bytes", "quota: most bytes the organisation keeps; left out: no limit");
  static final Setting<Optional<String>> IMAGES =
      optional("most-images", "quota: most retinal photographs it keeps; left out: no limit");
  static final Setting<Optional<String>> SESSIONS =
      optional("most-sessions", "quota: most photo sessions it keeps; left out: no limit");

  static final List<Setting<?>> ALL = List.of(BYTES, IMAGES, SESSIONS);

  private QuotaCommand() {}

  static int run(SettingValues values, Map<String, String> environment, PrintStream out) {
    PlatformSettings settings = PlatformSettings.of(values);
    Quota quota =
        new Quota(number(values, BYTES), number(values, IMAGES), number(values, SESSIONS));
    try (OperatorStores stores = OperatorStores.open(settings, environment)) {
      Migrations.run(stores.owner());
      if (!Quotas.grant(stores.owner(), settings.organization(), quota)) {
        throw new CallerMistake(
            "no-such-organization",
            "there is no organisation " + settings.organization(),
            "Name one with --organization");
      }
    }
    out.println("Granted to " + settings.organization() + ": " + quota);
    return 0;
  }

  private static @Nullable Long number(SettingValues values, Setting<Optional<String>> setting) {
    String text = values.value(setting).orElse(null);
    if (text != null && !text.matches("[0-9]{1,18}")) {
      throw new CallerMistake(
          "bad-setting", "--" + setting.name() + " must be a whole number", setting.help());
    }
    return text == null ? null : Long.valueOf(text);
  }
}
