package fovea.train.models;

/** How many images and patients a part of a training run is made of. */
public record PartCount(String part, long images, long patients) {

  /** Whether it would describe too few patients. */
  boolean tooFew(int smallest) {
    return patients < smallest;
  }
}
