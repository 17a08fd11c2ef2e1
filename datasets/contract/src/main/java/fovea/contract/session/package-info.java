/** Photo sessions and the steps their status may take. */
@NullMarked
package fovea.contract.session;

import org.jspecify.annotations.NullMarked;
