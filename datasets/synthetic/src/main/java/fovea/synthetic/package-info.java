/** Seeded photographs, cohorts and scenes with known answers. */
@NullMarked
package fovea.synthetic;

import org.jspecify.annotations.NullMarked;
