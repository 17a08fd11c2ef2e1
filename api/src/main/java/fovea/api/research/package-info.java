/** Patients, eyes, refractions and retinal photographs. */
@NullMarked
package fovea.api.research;

import org.jspecify.annotations.NullMarked;
