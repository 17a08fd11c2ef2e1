/** Postgres: who, which sessions, which files, which models, and what was done. */
@NullMarked
package fovea.registry;

import org.jspecify.annotations.NullMarked;
