package fovea.api;

import fovea.api.operations.OperationSettings;
import fovea.api.operations.StoredArchives;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.registry.AuditChain;
import fovea.registry.AuditChain.Verdict;
import fovea.registry.AuditRetention;
import fovea.registry.Migrations;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * {@code audit verify} recomputes the chains of the audit log, {@code audit archive} moves old rows
 * to the object store. Exit code 1: a row is not as it was written, and is named.
 */
final class AuditCommand {
  private static final int BROKEN = 1;

  private AuditCommand() {}

  static int run(
      String verb, SettingValues values, Map<String, String> environment, PrintStream out) {
    try (OperatorStores stores = OperatorStores.open(PlatformSettings.of(values), environment)) {
      Migrations.run(stores.owner());
      return switch (verb) {
        case "verify" -> verify(stores, out);
        case "archive" -> archive(stores, OperationSettings.of(values), out);
        default ->
            throw new CallerMistake(
                "unknown-command", "unknown: audit " + verb, "Say audit verify or audit archive");
      };
    }
  }

  private static int verify(OperatorStores stores, PrintStream out) {
    Verdict verdict = AuditChain.verify(stores.owner(), new StoredArchives(stores.objects()));
    for (AuditChain.Head head : verdict.heads()) {
      out.printf(
          "organisation %s  rows %d  last hash %s%n",
          head.organization(), head.position(), HexFormat.of().formatHex(head.hash()));
    }
    if (verdict.fault().isPresent()) {
      out.println("The audit log is not as it was written: " + verdict.fault().get());
      return BROKEN;
    }
    out.println("The audit log is as it was written: " + verdict.rows() + " rows follow.");
    return 0;
  }

  private static int archive(OperatorStores stores, OperationSettings settings, PrintStream out) {
    Instant before = Instant.now().minus(settings.keepAudit());
    long rows =
        AuditRetention.archive(stores.owner(), before, new StoredArchives(stores.objects()));
    out.println("Moved to the object store: " + rows + " rows from before " + before);
    return 0;
  }
}
