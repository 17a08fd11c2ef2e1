package fovea.api.limits;

import java.time.Duration;

/**
 * At most so many within any window of this length.
 *
 * @param name as the {@code RateLimit} headers give it
 */
record Limit(String name, int most, Duration window) {

  /** As {@code RateLimit-Policy} has it: {@code "minute";q=100;w=60}. */
  String policy() {
    return "\"%s\";q=%d;w=%d".formatted(name, most, window.toSeconds());
  }
}
