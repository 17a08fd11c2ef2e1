package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks data elements (PS3.5, section 7) of little-endian content. Lengths are held against the
 * content before anything is read; sequences are stepped over, never built, so memory is constant
 * and work linear whatever the lengths claim.
 */
final class Elements {
  static final int ITEM = 0xfffee000;
  static final int ITEM_END = 0xfffee00d;
  static final int SEQUENCE_END = 0xfffee0dd;
  private static final long UNDEFINED = 0xffffffffL;
  private static final int DEEPEST = 16;

  /** Value representations whose length has 16 bits; every other has two spare bytes and 32. */
  private static final Set<String> SHORT =
      Set.of(
          "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL",
          "SS", "ST", "TM", "UI", "UL", "US");

  /**
   * One element.
   *
   * @param from where its value begins
   * @param to behind its value, delimiters included
   * @param items whether the value is a list of items of undefined length
   */
  record Element(int tag, int from, int to, boolean items) {}

  private record Header(int tag, int from, long length, boolean unknown) {}

  private final byte[] content;
  private final int to;
  private final Vrs vrs;
  private int at;

  /** How a data set writes its value representations. */
  enum Vrs {
    EXPLICIT,
    IMPLICIT
  }

  Elements(byte[] content, int from, int to, Vrs vrs) {
    this.content = content;
    this.at = from;
    this.to = to;
    this.vrs = vrs;
  }

  int at() {
    return at;
  }

  /** The group of the next element, or -1 at the end. */
  int nextGroup() {
    return at == to ? -1 : u16(at);
  }

  /** The next element, or null at the end of the content or of the item. */
  @Nullable Element next() {
    if (at == to) {
      return null;
    }
    Header header = header(at, vrs);
    if (header.tag() == ITEM_END || header.tag() == SEQUENCE_END) {
      return null;
    }
    boolean items = header.length() == UNDEFINED;
    int end = items ? behindItems(header, vrs, 0) : behind(header);
    at = end;
    return new Element(header.tag(), header.from(), end, items);
  }

  /** The next item of a sequence or of encapsulated pixels, or null behind the last. */
  @Nullable Element nextItem() {
    if (at == to) {
      return null;
    }
    Header item = item(at);
    if (item.tag() == SEQUENCE_END) {
      return null;
    }
    boolean open = item.length() == UNDEFINED;
    int end = open ? behindElements(item.from(), vrs, 1) : behind(item);
    at = end;
    return new Element(ITEM, item.from(), end, open);
  }

  private int behindItems(Header sequence, Vrs outer, int depth) {
    DicomRefusal.when(
        depth > DEEPEST, RejectionReason.BAD_HEADER, "sequences nested over " + DEEPEST + " deep");
    // An unknown sequence was taken over from implicit content (PS3.5, 6.2.2, note 2).
    Vrs inner = sequence.unknown() ? Vrs.IMPLICIT : outer;
    int next = sequence.from();
    while (true) {
      Header item = item(next);
      if (item.tag() == SEQUENCE_END) {
        return item.from();
      }
      boolean open = item.length() == UNDEFINED;
      next = open ? behindElements(item.from(), inner, depth + 1) : behind(item);
    }
  }

  private int behindElements(int from, Vrs inner, int depth) {
    int next = from;
    while (true) {
      Header header = header(next, inner);
      if (header.tag() == ITEM_END) {
        return header.from();
      }
      boolean items = header.length() == UNDEFINED;
      next = items ? behindItems(header, inner, depth) : behind(header);
    }
  }

  private int behind(Header header) {
    need(header.from(), header.length());
    return header.from() + (int) header.length();
  }

  private Header item(int next) {
    Header item = header(next, Vrs.IMPLICIT);
    DicomRefusal.when(
        item.tag() != ITEM && item.tag() != SEQUENCE_END,
        RejectionReason.BAD_HEADER,
        "no item where one is due");
    return item;
  }

  private Header header(int next, Vrs inner) {
    int tag = u16(next) << 16 | u16(next + 2);
    if (inner == Vrs.IMPLICIT || tag >>> 16 == 0xfffe) {
      return new Header(tag, next + 8, u32(next + 4), false);
    }
    need(next, 8);
    String vr = new String(content, next + 4, 2, StandardCharsets.ISO_8859_1);
    DicomRefusal.when(
        !vr.matches("[A-Z]{2}"), RejectionReason.BAD_HEADER, "no value representation");
    return SHORT.contains(vr)
        ? new Header(tag, next + 8, u16(next + 6), false)
        : new Header(tag, next + 12, u32(next + 8), vr.equals("UN"));
  }

  private int u16(int next) {
    need(next, 2);
    return content[next] & 0xff | (content[next + 1] & 0xff) << 8;
  }

  private long u32(int next) {
    need(next, 4);
    return u16(next) | (long) u16(next + 2) << 16;
  }

  private void need(int next, long count) {
    DicomRefusal.when(
        next + count > to,
        RejectionReason.TRUNCATED,
        to + " bytes, at least " + (next + count) + " expected");
  }
}
