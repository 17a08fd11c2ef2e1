package fovea.preprocess.quality;

import java.util.Optional;

/**
 * The judgement of one photograph. All scores run from 0, useless, to 1, nothing to wish for.
 *
 * @param score all five together
 * @param focus how sharp the structures are
 * @param illumination bright enough, not too bright, even
 * @param contrast how far vessels stand out
 * @param field how much of the round field shows
 * @param artefact how little of the field is covered, in shadow or dazzled
 * @param flaw the worst of what keeps it from being good; empty for good ones
 */
public record Quality(
    Grade grade,
    double score,
    double focus,
    double illumination,
    double contrast,
    double field,
    double artefact,
    Optional<Flaw> flaw) {}
