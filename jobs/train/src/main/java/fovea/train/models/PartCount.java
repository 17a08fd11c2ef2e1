package fovea.train.models;

import org.jspecify.annotations.Nullable;

/**
 * What a part of a training run is made of.
 *
 * @param images null where withheld
 * @param patients null where withheld
 */
public record PartCount(String part, @Nullable Long images, @Nullable Long patients) {

  /** How many images there are; 0 where withheld. */
  public long allImages() {
    Long known = images;
    return known == null ? 0 : known;
  }

  /** The same, withheld where it would describe too few patients. */
  PartCount withheldBelow(int smallest) {
    Long people = patients;
    return people == null || people < smallest ? new PartCount(part, null, null) : this;
  }
}
