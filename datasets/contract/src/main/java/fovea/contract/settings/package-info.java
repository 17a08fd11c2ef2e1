/** Settings: name, default, range, help and environment variable in one place. */
@NullMarked
package fovea.contract.settings;

import org.jspecify.annotations.NullMarked;
