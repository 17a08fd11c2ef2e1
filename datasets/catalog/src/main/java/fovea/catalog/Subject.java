package fovea.catalog;

import fovea.contract.cohort.Sex;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A patient as a data set knows one.
 *
 * @param reference external reference, unique within the organisation: {@code odir5k:120}
 * @param age in years, empty where unknown
 * @param sex null where unknown
 * @param ethnicity null where unknown
 */
public record Subject(
    String reference, OptionalInt age, @Nullable Sex sex, @Nullable String ethnicity) {}
