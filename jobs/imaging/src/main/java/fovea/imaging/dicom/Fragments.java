package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.dicom.Elements.Element;
import java.util.ArrayList;
import java.util.List;

/** Encapsulated pixels (PS3.5, annex A.4): a table of offsets, then the fragments of one frame. */
final class Fragments {
  private Fragments() {}

  static byte[] joined(DataSet set, Element data) {
    List<Element> fragments = list(set, data);
    int bytes = fragments.stream().mapToInt(f -> f.to() - f.from()).sum();
    DicomRefusal.when(bytes == 0, RejectionReason.TRUNCATED, "no fragment of pixels");
    byte[] joined = new byte[bytes];
    int at = 0;
    for (Element fragment : fragments) {
      int length = fragment.to() - fragment.from();
      System.arraycopy(set.content(), fragment.from(), joined, at, length);
      at += length;
    }
    return joined;
  }

  private static List<Element> list(DataSet set, Element data) {
    Elements items = new Elements(set.content(), data.from(), data.to(), set.vrs());
    List<Element> fragments = new ArrayList<>();
    items.nextItem();
    Element fragment = items.nextItem();
    while (fragment != null) {
      DicomRefusal.when(fragment.items(), RejectionReason.BAD_HEADER, "a fragment without length");
      fragments.add(fragment);
      fragment = items.nextItem();
    }
    return fragments;
  }
}
