package fovea.preprocess.anatomy;

import fovea.contract.cohort.Laterality;

/**
 * What was found in a photograph.
 *
 * @param disc the optic disc
 * @param fovea the fovea
 * @param side which eye it is, by the side of the fovea on which the disc lies
 * @param vesselDensity share of the field that vessels cover, 0 to 1, at 256 pixels across: the
 *     finest vessels are not counted
 * @param cupToDisc vertical cup-to-disc ratio, 0 to 1
 */
public record Anatomy(
    Finding<Spot> disc,
    Finding<Spot> fovea,
    Finding<Laterality> side,
    Finding<Double> vesselDensity,
    Finding<Double> cupToDisc) {

  /** Nothing was measured. */
  public static Anatomy missing(Missing reason) {
    return new Anatomy(
        Finding.missing(reason),
        Finding.missing(reason),
        Finding.missing(reason),
        Finding.missing(reason),
        Finding.missing(reason));
  }
}
