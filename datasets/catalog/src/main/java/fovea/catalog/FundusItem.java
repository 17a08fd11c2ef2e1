package fovea.catalog;

import fovea.contract.cohort.Laterality;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A retinal photograph to be uploaded.
 *
 * @param line of the table it is from, 1 being the header
 * @param file where its bytes lie
 * @param subject whose it is
 * @param laterality of which eye
 * @param camera null where unknown
 * @param grade of diabetic retinopathy, 0 to 4, empty where unknown
 * @param diagnosis in words, null where unknown
 * @param sha256 what the data set says its bytes hash to, null where it says nothing
 */
public record FundusItem(
    long line,
    Path file,
    Subject subject,
    Laterality laterality,
    @Nullable String camera,
    OptionalInt grade,
    @Nullable String diagnosis,
    @Nullable String sha256)
    implements Item {}
