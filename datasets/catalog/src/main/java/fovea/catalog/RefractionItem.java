package fovea.catalog;

import fovea.contract.cohort.Laterality;
import fovea.contract.refraction.RefractiveError;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A refraction to be recorded.
 *
 * @param line of the table it is from, 1 being the header
 * @param file name of that table
 * @param subject whose it is
 * @param laterality of which eye
 * @param refraction dioptres and degrees
 * @param axialLength in millimetres, empty where unknown
 * @param intraocularPressure in millimetres of mercury, empty where unknown
 * @param diagnosis in words, null where unknown
 */
public record RefractionItem(
    long line,
    String file,
    Subject subject,
    Laterality laterality,
    RefractiveError refraction,
    OptionalDouble axialLength,
    OptionalDouble intraocularPressure,
    @Nullable String diagnosis)
    implements Item {}
