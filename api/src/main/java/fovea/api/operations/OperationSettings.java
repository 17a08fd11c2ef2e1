package fovea.api.operations;

import static fovea.contract.settings.Setting.integer;
import static fovea.contract.settings.Setting.list;
import static fovea.contract.settings.Setting.optional;

import fovea.api.http.AddressRanges;
import fovea.api.http.ClientAddress;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the API is operated.
 *
 * @param allowed who may call at all; empty: everybody
 * @param scrapers who may read the metrics
 * @param origins whose pages may read answers in a browser
 * @param keystore PKCS12 with certificate and key, to speak TLS without a proxy
 * @param idle how long a connection may stay silent
 * @param heartbeat how often a silent stream of events says that it is there
 * @param keepAudit how long audit rows stay in the registry
 */
public record OperationSettings(
    ClientAddress address,
    AddressRanges allowed,
    AddressRanges scrapers,
    Set<String> origins,
    Optional<Keystore> keystore,
    Duration idle,
    Duration heartbeat,
    Duration keepAudit) {

  /** Proxies that are believed. */
  public static final Setting<List<String>> TRUSTED_PROXIES =
      list(
              "trusted-proxies",
              "",
              "Addresses or ranges (10.0.0.0/8) of proxies whose X-Forwarded-For is believed")
          .orVariable("TRUSTED_PROXIES");

  /** Who may call. */
  public static final Setting<List<String>> ALLOWED =
      list("allowed-addresses", "", "Addresses or ranges that may call; empty: all")
          .orVariable("ALLOWED_ADDRESSES");

  /** Who may scrape. */
  public static final Setting<List<String>> SCRAPERS =
      list("metrics-addresses", "127.0.0.1,::1", "Addresses or ranges that may read /metrics")
          .orVariable("METRICS_ADDRESSES");

  /** Browsers' pages. */
  public static final Setting<List<String>> ORIGINS =
      list(
              "allowed-origins",
              "",
              "Origins (https://app.example.org) whose pages may call from a browser")
          .orVariable("CORS_ALLOWED_ORIGINS");

  /** TLS without a proxy. */
  public static final Setting<Optional<String>> KEYSTORE =
      optional("tls-keystore", "PKCS12 file with certificate and key; the API then speaks HTTPS")
          .orVariable("TLS_KEYSTORE");

  /** Its password. */
  public static final Setting<Optional<String>> KEYSTORE_PASSWORD =
      optional("tls-keystore-password", "Password of the PKCS12 file; better by the variable")
          .orVariable("TLS_KEYSTORE_PASSWORD");

  /** Silent connections. */
  public static final Setting<Integer> IDLE_SECONDS =
      integer("idle-seconds", 30, 1, 3_600, "Seconds after which a silent connection is closed")
          .orVariable("IDLE_SECONDS");

  /** Silent streams. */
  public static final Setting<Integer> HEARTBEAT_SECONDS =
      integer("heartbeat-seconds", 15, 1, 600, "Seconds between signs of life of a silent stream")
          .orVariable("HEARTBEAT_SECONDS");

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
  public static final List<Setting<?>> ALL =
      List.of(
          TRUSTED_PROXIES,
          ALLOWED,
          SCRAPERS,
          ORIGINS,
          KEYSTORE,
          KEYSTORE_PASSWORD,
          IDLE_SECONDS,
          HEARTBEAT_SECONDS,
          AUDIT_DAYS);

  /** The settings among some values. */
  public static OperationSettings of(SettingValues values) {
    return new OperationSettings(
        ClientAddress.behind(values.value(TRUSTED_PROXIES)),
        AddressRanges.of(values.value(ALLOWED)),
        AddressRanges.of(values.value(SCRAPERS)),
        Set.copyOf(values.value(ORIGINS)),
        values
            .value(KEYSTORE)
            .map(file -> new Keystore(file, values.value(KEYSTORE_PASSWORD).orElse(""))),
        Duration.ofSeconds(values.value(IDLE_SECONDS)),
        Duration.ofSeconds(values.value(HEARTBEAT_SECONDS)),
        Duration.ofDays(values.value(AUDIT_DAYS)));
  }

  /** Whether a request comes from where requests may come from. */
  boolean mayCall(Context context) {
    return allowed.isEmpty() || allowed.contain(address.of(context));
  }

  /** Whether a request may read the metrics. */
  boolean mayScrape(Context context) {
    return scrapers.contain(address.of(context));
  }

  /** Whether nobody on the way could read along, as far as this process or its proxy knows. */
  boolean isSecure(Context context) {
    return context.req().isSecure()
        || (address.isProxied(context) && "https".equals(context.header("X-Forwarded-Proto")));
  }

  /** A certificate and its key. */
  public record Keystore(String file, String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return file;
    }
  }
}
