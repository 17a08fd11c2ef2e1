package fovea.api.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Ranges of IP addresses, as {@code 10.0.0.0/8}, {@code fd00::/8} or single addresses. */
public final class AddressRanges {
  private final List<AddressRange> ranges;

  private AddressRanges(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /** The ranges of a list of texts. */
  public static AddressRanges of(List<String> texts) {
    return new AddressRanges(texts.stream().map(AddressRange::of).toList());
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Whether an address in digits lies in one of them. */
  public boolean contain(String address) {
    byte[] bytes = bytes(address);
    return ranges.stream().anyMatch(range -> range.contains(bytes));
  }

  // Only digits come here: nothing is looked up.
  static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException notAnAddress) {
      return new byte[0];
    }
  }
}
