/** Photo sessions, their files and their models. */
@NullMarked
package fovea.api.sessions;

import org.jspecify.annotations.NullMarked;
