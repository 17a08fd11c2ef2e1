package fovea.imaging;

import fovea.contract.capture.RejectionReason;

/** Big-endian reads that refuse to leave the content: beyond its end it is truncated. */
record Bytes(byte[] content) {

  int length() {
    return content.length;
  }

  int u8(int at) {
    need(at, 1);
    return content[at] & 0xff;
  }

  int u16(int at) {
    need(at, 2);
    return u8(at) << 8 | u8(at + 1);
  }

  long u32(int at) {
    need(at, 4);
    return (long) u16(at) << 16 | u16(at + 2);
  }

  /** Where a value next stands, from {@code at}; what ends before it is truncated. */
  int find(int value, int at) {
    int next = at;
    while (next < content.length && content[next] != (byte) value) {
      next++;
    }
    need(next, 1);
    return next;
  }

  boolean startsWith(int at, String ascii) {
    if (at < 0 || at + ascii.length() > content.length) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (content[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void need(int at, long count) {
    Refusal.when(
        at + count > content.length,
        RejectionReason.TRUNCATED,
        content.length + " bytes, at least " + (at + count) + " expected");
  }
}
