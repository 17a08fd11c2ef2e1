package fovea.synthetic;

/**
 * What a synthetic photograph shows. Pixel coordinates: x to the right, y down, origin at the upper
 * left corner; the disc and the fovea may lie outside an off-centre photograph.
 *
 * @param grade of diabetic retinopathy, 0 to 4
 * @param discX centre of the optic disc
 * @param discY centre of the optic disc
 * @param discRadius mean radius of the optic disc in pixels
 * @param cupToDisc vertical cup-to-disc ratio
 * @param foveaX the fovea
 * @param foveaY the fovea
 * @param fieldX centre of the round field
 * @param fieldY centre of the round field
 * @param fieldRadius radius of the round field in pixels
 * @param vesselDensity share of the field's pixels that vessels cover
 * @param venousBeading whether veins are beaded (grades 3 and 4)
 * @param lesions how many of each
 */
public record FundusTruth(
    int grade,
    double discX,
    double discY,
    double discRadius,
    double cupToDisc,
    double foveaX,
    double foveaY,
    double fieldX,
    double fieldY,
    double fieldRadius,
    double vesselDensity,
    boolean venousBeading,
    LesionCounts lesions) {}
