/** Uploads to {@code captures}: every acknowledged upload one row, accepted or with its reason. */
@NullMarked
package fovea.ingest;

import org.jspecify.annotations.NullMarked;
