/**
 * Telling others when a session has ended: signed webhooks and mail, tried again until they arrive.
 */
@NullMarked
package fovea.api.notices;

import org.jspecify.annotations.NullMarked;
