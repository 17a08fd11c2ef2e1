/** The window: sign-in, patients, uploads, sessions and models over HTTP, and the process of it. */
@NullMarked
package fovea.api;

import org.jspecify.annotations.NullMarked;
