/** Postgres and S3 beside the program: the default where nothing else is configured. */
@NullMarked
package fovea.embedded;

import org.jspecify.annotations.NullMarked;
