package fovea.imaging.dicom;

import java.util.Set;

/** The elements that are looked at (PS3.6); no other is ever read. */
final class Tags {
  static final int TRANSFER_SYNTAX = 0x00020010;
  static final int SOP_CLASS = 0x00080016;
  static final int MANUFACTURER = 0x00080070;
  static final int MODEL = 0x00081090;
  static final int CODE = 0x00080100;
  static final int CODING_SCHEME = 0x00080102;
  static final int SEX = 0x00100040;
  static final int AGE = 0x00101010;
  static final int LATERALITY = 0x00200060;
  static final int IMAGE_LATERALITY = 0x00200062;
  static final int FIELD_OF_VIEW = 0x0022000c;
  static final int DEVICE_TYPE = 0x00220015;
  static final int SAMPLES = 0x00280002;
  static final int PHOTOMETRIC = 0x00280004;
  static final int PLANAR = 0x00280006;
  static final int FRAMES = 0x00280008;
  static final int ROWS = 0x00280010;
  static final int COLUMNS = 0x00280011;
  static final int BITS_ALLOCATED = 0x00280100;
  static final int BITS_STORED = 0x00280101;
  static final int HIGH_BIT = 0x00280102;
  static final int PIXEL_REPRESENTATION = 0x00280103;
  static final int BURNED_IN = 0x00280301;
  static final int RED_DESCRIPTOR = 0x00281101;
  static final int RED_TABLE = 0x00281201;
  static final int PIXEL_DATA = 0x7fe00010;

  /** The file meta information. */
  static final Set<Integer> META = Set.of(TRANSFER_SYNTAX);

  /** The data set. */
  static final Set<Integer> OBJECT =
      Set.of(
          SOP_CLASS,
          MANUFACTURER,
          MODEL,
          SEX,
          AGE,
          LATERALITY,
          IMAGE_LATERALITY,
          FIELD_OF_VIEW,
          DEVICE_TYPE,
          SAMPLES,
          PHOTOMETRIC,
          PLANAR,
          FRAMES,
          ROWS,
          COLUMNS,
          BITS_ALLOCATED,
          BITS_STORED,
          HIGH_BIT,
          PIXEL_REPRESENTATION,
          BURNED_IN,
          RED_DESCRIPTOR,
          RED_DESCRIPTOR + 1,
          RED_DESCRIPTOR + 2,
          RED_TABLE,
          RED_TABLE + 1,
          RED_TABLE + 2,
          PIXEL_DATA);

  /** A coded concept. */
  static final Set<Integer> CONCEPT = Set.of(CODE, CODING_SCHEME);

  private Tags() {}
}
