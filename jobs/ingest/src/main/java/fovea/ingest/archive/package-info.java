/** Zip archives taken apart within limits; nothing is ever written under a name from inside one. */
@NullMarked
package fovea.ingest.archive;

import org.jspecify.annotations.NullMarked;
