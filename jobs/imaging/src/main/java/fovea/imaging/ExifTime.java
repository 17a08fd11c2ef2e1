package fovea.imaging;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date and time as EXIF writes it, {@code 2021:03:04 05:06:07}: the camera's clock, no zone. */
final class ExifTime {
  private static final Pattern FORM =
      Pattern.compile("(\\d{4}):(\\d\\d):(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)");

  // Digital fundus cameras are younger; older dates are clocks that were never set.
  private static final int FIRST_YEAR = 1980;

  private ExifTime() {}

  /** Empty for anything that is no time, such as the blanks of a camera without a clock. */
  static Optional<LocalDateTime> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || number(form, 1) < FIRST_YEAR) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
              number(form, 1),
              number(form, 2),
              number(form, 3),
              number(form, 4),
              number(form, 5),
              number(form, 6)));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }
}
