package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.dicom.Elements.Element;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The elements of one level that someone asks for; all others are stepped over unread. */
final class DataSet {
  private static final int LONGEST_TEXT = 256;

  private final byte[] content;
  private final Elements.Vrs vrs;
  private final Map<Integer, Element> kept = new HashMap<>();

  private DataSet(byte[] content, Elements.Vrs vrs) {
    this.content = content;
    this.vrs = vrs;
  }

  /**
   * Reads up to {@code last}. Elements stand in ascending order (PS3.5, 7.1), each once: a second
   * value for a tag would be a second truth.
   */
  static DataSet read(byte[] content, Elements elements, Elements.Vrs vrs, Set<Integer> tags) {
    DataSet set = new DataSet(content, vrs);
    long before = -1;
    Element element = elements.next();
    while (element != null) {
      long tag = Integer.toUnsignedLong(element.tag());
      DicomRefusal.when(
          tag <= before, RejectionReason.BAD_HEADER, "elements that are not in order");
      before = tag;
      if (tags.contains(element.tag())) {
        set.kept.put(element.tag(), element);
      }
      element = element.tag() == Tags.PIXEL_DATA ? null : elements.next();
    }
    return set;
  }

  byte[] content() {
    return content;
  }

  Elements.Vrs vrs() {
    return vrs;
  }

  Optional<Element> element(int tag) {
    return Optional.ofNullable(kept.get(tag));
  }

  /** The first value of a text, without padding; empty where there is none. */
  String text(int tag) {
    Element element = kept.get(tag);
    if (element == null || element.items() || length(element) > LONGEST_TEXT) {
      return "";
    }
    String all = new String(content, element.from(), length(element), StandardCharsets.ISO_8859_1);
    int next = all.indexOf('\\');
    return (next < 0 ? all : all.substring(0, next)).replace('\0', ' ').strip();
  }

  /** An unsigned 16-bit value of a list, by its place. */
  OptionalInt u16(int tag, int place) {
    ByteBuffer value = value(tag, (place + 1) * Short.BYTES);
    return value == null
        ? OptionalInt.empty()
        : OptionalInt.of(value.getShort(place * Short.BYTES) & 0xffff);
  }

  /** An unsigned 16-bit value without which there is no picture. */
  int required(int tag) {
    return u16(tag, 0)
        .orElseThrow(
            () ->
                new DicomRefusal(
                    RejectionReason.BAD_HEADER, "no element " + Integer.toHexString(tag)));
  }

  /** A 32-bit floating-point value. */
  OptionalDouble f32(int tag) {
    ByteBuffer value = value(tag, Float.BYTES);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.getFloat(0));
  }

  /** The first item of a sequence. */
  Optional<DataSet> firstItem(int tag, Set<Integer> tags) {
    Element sequence = kept.get(tag);
    if (sequence == null || length(sequence) == 0) {
      return Optional.empty();
    }
    Element item = new Elements(content, sequence.from(), sequence.to(), vrs).nextItem();
    return Optional.ofNullable(item)
        .map(i -> read(content, new Elements(content, i.from(), i.to(), vrs), vrs, tags));
  }

  private @Nullable ByteBuffer value(int tag, int bytes) {
    Element element = kept.get(tag);
    return element == null || element.items() || length(element) < bytes
        ? null
        : ByteBuffer.wrap(content, element.from(), bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int length(Element element) {
    return element.to() - element.from();
  }
}
