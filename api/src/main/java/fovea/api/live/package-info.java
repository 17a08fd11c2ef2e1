/** What moves while somebody watches: server-sent events of sessions. */
@NullMarked
package fovea.api.live;

import org.jspecify.annotations.NullMarked;
