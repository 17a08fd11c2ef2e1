/** What one upload is, from its bytes: plain Java. */
@NullMarked
package fovea.ingest.check;

import org.jspecify.annotations.NullMarked;
