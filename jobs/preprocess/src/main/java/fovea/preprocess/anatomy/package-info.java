/** What a retina shows: optic disc, fovea, vessels, cup; each measured or missing with a reason. */
@NullMarked
package fovea.preprocess.anatomy;

import org.jspecify.annotations.NullMarked;
