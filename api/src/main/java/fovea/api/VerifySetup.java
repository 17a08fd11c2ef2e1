package fovea.api;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.PlatformEnv;
import fovea.contract.settings.SettingValues;
import fovea.registry.ApiRegistry;
import fovea.registry.Migrations;
import fovea.registry.NameCipher;
import fovea.registry.RegistrySettings;
import fovea.registry.SetupInspection;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code verify-setup}: whether everything is as the platform needs it, a line a check. Exit code 2
 * where something has to be put right.
 */
final class VerifySetup {
  private static final Duration MOST_DRIFT = Duration.ofSeconds(60);

  private final PlatformSettings settings;
  private final Map<String, String> environment;
  private final PrintStream out;
  private int failed;

  private VerifySetup(SettingValues values, Map<String, String> environment, PrintStream out) {
    this.settings = PlatformSettings.of(values);
    this.environment = environment;
    this.out = out;
  }

  static int run(SettingValues values, Map<String, String> environment, PrintStream out) {
    ApiSettings.of(values);
    VerifySetup setup = new VerifySetup(values, environment, out);
    setup.check("data folder", setup::dataFolder);
    setup.check("secrets", setup::secrets);
    if (Database.given(environment)) {
      setup.check("api login", setup::apiLogin);
    }
    try (OperatorStores stores = OperatorStores.open(setup.settings, environment)) {
      setup.check("migrations", () -> migrations(stores.owner()));
      setup.check("row security", () -> rowSecurity(stores.owner()));
      setup.check("clock", () -> clock(stores.owner()));
      setup.check("object store", () -> ObjectStoreTrial.of(stores.objects()));
    } catch (CallerMistake mistake) {
      setup.tell("stores", mistake);
    }
    return setup.failed == 0 ? 0 : 2;
  }

  private void check(String what, Supplier<String> look) {
    try {
      out.printf("ok    %-13s %s%n", what, look.get());
    } catch (CallerMistake mistake) {
      tell(what, mistake);
    } catch (UncheckedIOException down) {
      tell(what, mistake(String.valueOf(down.getMessage()), "Check address, bucket and keys"));
    }
  }

  private void tell(String what, CallerMistake mistake) {
    failed++;
    out.printf("FAIL  %-13s %s%n", what, mistake.getMessage());
  }

  private String dataFolder() {
    Path folder = settings.data();
    Path nearest = folder;
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
      throw mistake(folder + " cannot be written to", "Give another with --data");
    }
    return folder.toString();
  }

  private String secrets() {
    Map<String, String> kept = PlatformEnv.read(settings.data().resolve("secrets.env"));
    List<String> told = new ArrayList<>();
    for (String name : List.of("JWT_SECRET", "JWT_SECRET_KEY", "ENCRYPTION_KEY")) {
      String value = environment.getOrDefault(name, kept.getOrDefault(name, ""));
      int least = 32;
      boolean exact = name.equals("ENCRYPTION_KEY");
      if (!value.isEmpty() && (value.length() < least || exact && value.length() != least)) {
        throw mistake(
            name + " has " + value.length() + " characters instead of " + least,
            "Make one with: openssl rand -hex 16");
      }
      if (!value.isEmpty()) {
        told.add(name + " is long enough");
      }
    }
    return told.isEmpty() ? "made at the first start" : String.join(", ", told);
  }

  private String apiLogin() {
    RegistrySettings login = RegistrySettings.from(environment);
    try (ApiRegistry registry = ApiRegistry.open(login, NameCipher.of("0".repeat(32)))) {
      return login + (registry.reachable() ? " sees one organisation at a time" : " is slow");
    }
  }

  private static String migrations(RegistrySettings owner) {
    int pending = Migrations.pending(owner);
    return pending == 0 ? "all applied" : pending + " to be applied at the next start";
  }

  private static String rowSecurity(RegistrySettings owner) {
    SetupInspection found = SetupInspection.of(owner);
    if (!found.open().isEmpty()) {
      throw mistake(
          "tables without row-level security: " + String.join(", ", found.open()),
          "Start the platform once, or remove what is not Fovea's");
    }
    return "on for %d tables, forced on %d; the API owns none"
        .formatted(found.tables(), found.tables() - found.unforced());
  }

  private static String clock(RegistrySettings owner) {
    Duration drift = Duration.between(SetupInspection.of(owner).now(), Instant.now()).abs();
    if (drift.compareTo(MOST_DRIFT) > 0) {
      throw mistake(
          "this machine and Postgres differ by " + drift.toSeconds() + " s",
          "Set both by NTP: signed URLs and tokens end by the clock");
    }
    return "differs from Postgres by " + drift.toMillis() + " ms";
  }

  private static CallerMistake mistake(String what, String remedy) {
    return new CallerMistake("bad-setup", what, remedy);
  }
}
