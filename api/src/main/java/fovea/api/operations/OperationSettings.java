package fovea.api.operations;

import static fovea.contract.settings.Setting.integer;
import static fovea.contract.settings.Setting.list;

import fovea.api.http.ClientAddress;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.time.Duration;
import java.util.List;

/**
 * How the API is operated.
 *
 * @param keepAudit how long audit rows stay in the registry
 */
public record OperationSettings(ClientAddress address, Duration keepAudit) {

  /** Proxies that are believed. */
  public static final Setting<List<String>> TRUSTED_PROXIES =
      list(
              "trusted-proxies",
              "",
              "Addresses or ranges (10.0.0.0/8) of proxies whose X-Forwarded-For is believed")
          .orVariable("TRUSTED_PROXIES");

  /** How long audit rows stay. */
  public static final Setting<Integer> AUDIT_DAYS =
      integer(
              "audit-days",
              2_192,
              1,
              36_500,
              "Days after which audit rows move from the registry to the object store")
          .orVariable("AUDIT_DAYS");

  /** Every setting. */
  public static final List<Setting<?>> ALL = List.of(TRUSTED_PROXIES, AUDIT_DAYS);

  /** The settings among some values. */
  public static OperationSettings of(SettingValues values) {
    return new OperationSettings(
        ClientAddress.behind(values.value(TRUSTED_PROXIES)),
        Duration.ofDays(values.value(AUDIT_DAYS)));
  }
}
