package fovea.imaging.dicom;

import java.util.Arrays;
import java.util.Optional;

/** The objects that hold a photograph (PS3.4, table B.5-1). */
enum SopClass {
  OPHTHALMIC_8_BIT("77.1.5.1"),
  OPHTHALMIC_16_BIT("77.1.5.2"),
  VISIBLE_LIGHT("77.1.4"),
  SECONDARY_CAPTURE("7"),
  GREY_SECONDARY_CAPTURE("7.2"),
  COLOUR_SECONDARY_CAPTURE("7.4");

  private final String uid;

  SopClass(String end) {
    this.uid = "1.2.840.10008.5.1.4.1.1." + end;
  }

  String uid() {
    return uid;
  }

  static Optional<SopClass> of(String uid) {
    return Arrays.stream(values()).filter(each -> each.uid.equals(uid)).findFirst();
  }
}
