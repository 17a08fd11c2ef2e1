package fovea.api.http;

import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: whoever is connected, unless that is a proxy that is trusted to tell
 * for whom it speaks. Of the addresses in {@code X-Forwarded-For} the last one that is no such
 * proxy counts: what stands before it is the caller's own word.
 */
public final class ClientAddress {
  private final AddressRanges proxies;

  private ClientAddress(AddressRanges proxies) {
    this.proxies = proxies;
  }

  /**
   * @param proxies ranges of addresses; empty: nobody is believed
   */
  public static ClientAddress behind(List<String> proxies) {
    return new ClientAddress(AddressRanges.of(proxies));
  }

  /** The client's address in digits. */
  public String of(Context context) {
    return of(context.ip(), context.header("X-Forwarded-For"));
  }

  /** Whether the other end of the connection is a proxy that is believed. */
  public boolean isProxied(Context context) {
    return proxies.contain(context.ip());
  }

  String of(String connected, @Nullable String forwarded) {
    String client = connected;
    String[] hops = forwarded == null ? new String[0] : forwarded.split(",", -1);
    for (int i = hops.length - 1; i >= 0 && proxies.contain(client); i--) {
      String hop = hops[i].strip();
      if (!isAddress(hop)) {
        return client;
      }
      client = hop;
    }
    return client;
  }

  private static boolean isAddress(String text) {
    return text.matches("[0-9.]{7,15}|[0-9a-fA-F:]{2,39}") && AddressRanges.bytes(text).length > 0;
  }
}
