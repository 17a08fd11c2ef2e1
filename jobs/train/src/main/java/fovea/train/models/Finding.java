package fovea.train.models;

import org.jspecify.annotations.Nullable;

/**
 * One row of {@code bias_findings}.
 *
 * @param group a group, or {@code difference}, {@code p_holm} and the like
 * @param value null where withheld or undefined; the note says why
 * @param note may be empty
 */
public record Finding(
    String attribute,
    String group,
    String metric,
    @Nullable Double value,
    @Nullable Double lower,
    @Nullable Double upper,
    String note) {}
