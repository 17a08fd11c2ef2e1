package fovea.api.http;

import fovea.contract.errors.CallerMistake;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IP addresses, as {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
 *
 * @param first its first address, 4 or 16 bytes
 * @param bits how many leading bits its addresses share
 */
record AddressRange(byte[] first, int bits) {

  /**
   * @throws CallerMistake where the text is no such range; names of hosts are none
   */
  static AddressRange of(String text) {
    String[] parts = text.split("/", 2);
    try {
      if (parts[0].matches("[0-9a-fA-F:.]+")) {
        byte[] first = InetAddress.getByName(parts[0]).getAddress();
        int bits = parts.length == 1 ? first.length * 8 : Integer.parseInt(parts[1]);
        if (bits >= 0 && bits <= first.length * 8) {
          return new AddressRange(first, bits);
        }
      }
    } catch (UnknownHostException | NumberFormatException notOne) {
      throw mistake(text);
    }
    throw mistake(text);
  }

  boolean contains(byte[] address) {
    if (address.length != first.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
      if (((address[bit / 8] ^ first[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static CallerMistake mistake(String text) {
    return new CallerMistake(
        "bad-setting",
        text + " is no range of addresses",
        "Give ranges such as 10.0.0.0/8 or 2001:db8::/32, or single addresses");
  }
}
