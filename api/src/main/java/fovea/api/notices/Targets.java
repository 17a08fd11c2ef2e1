package fovea.api.notices;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Where webhooks may go: the public internet, not the house's own networks. A name is resolved
 * once, its addresses are judged, and the connection goes to those addresses: a name that answers
 * differently the next time gains nothing.
 */
final class Targets implements DnsResolver {
  private final boolean inward;

  /**
   * @param inward whether private addresses are allowed after all
   */
  Targets(boolean inward) {
    this.inward = inward;
  }

  /** Whether a URL is one that may be told at all; its name is judged when it is resolved. */
  static boolean isTarget(URI url) {
    String scheme = String.valueOf(url.getScheme());
    return (scheme.equals("https") || scheme.equals("http"))
        && url.getHost() != null
        && url.getUserInfo() == null
        && url.getFragment() == null;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
    // One private address among public ones is one too many.
    if (!inward && !Arrays.stream(addresses).allMatch(Targets::isPublic)) {
      throw new UnknownHostException("the host is none of the public internet");
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6((Inet6Address) address);
  }

  // Beside the above: this network, carriers' NAT, protocol assignments, documentation, benchmarks,
  // and what is reserved (IANA's registry of special-purpose addresses).
  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    return !(first == 0
        || (first == 100 && second >= 64 && second < 128)
        || (first == 192 && second == 0 && (third == 0 || third == 2))
        || (first == 198 && (second == 18 || second == 19))
        || (first == 198 && second == 51 && third == 100)
        || (first == 203 && second == 0 && third == 113)
        || first >= 240);
  }

  // Global unicast only, and no address that carries an IPv4 address within (6to4, Teredo; mapped
  // and translated ones lie outside of 2000::/3).
  private static boolean isPublic6(Inet6Address address) {
    byte[] bytes = address.getAddress();
    boolean global = (bytes[0] & 0xe0) == 0x20;
    boolean tunnel =
        (bytes[0] == 0x20 && bytes[1] == 0x02)
            || (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0);
    return global && !tunnel;
  }
}
