package fovea.imaging.dicom;

import fovea.contract.cohort.AgeBand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What leaves a DICOM header: an allow-list, each value rebuilt from what it may be. Names, ids,
 * dates, comments, private elements and everything unheard of stay behind (PS3.15, annex E, basic
 * profile; the age as HIPAA's Safe Harbor has it).
 *
 * @param manufacturer letters, digits and plain punctuation only
 * @param model likewise
 * @param laterality {@code left} or {@code right}
 * @param device coding scheme and code, for example {@code SCT:409898007}
 * @param fieldOfView horizontal, in degrees
 * @param age whole years, or {@code 90+}
 * @param sex {@code F}, {@code M} or {@code O}
 */
public record DicomAttributes(
    String sopClass,
    Optional<String> manufacturer,
    Optional<String> model,
    Optional<String> laterality,
    Optional<String> device,
    OptionalDouble fieldOfView,
    int rows,
    int columns,
    Optional<String> age,
    Optional<String> sex) {
  private static final int LONGEST = 64;
  private static final int OLDEST = 150;
  private static final Pattern AGE = Pattern.compile("(\\d{1,3})([DWMY])");
  private static final Map<String, Integer> AGES_A_YEAR =
      Map.of("D", 365, "W", 52, "M", 12, "Y", 1);
  private static final Pattern CODE = Pattern.compile("[A-Z]{1,2}-[0-9A-F]{5}|\\d{5,18}");
  private static final List<String> SCHEMES = List.of("SCT", "SRT", "DCM");

  static DicomAttributes of(DataSet set, SopClass sopClass, int rows, int columns) {
    return new DicomAttributes(
        sopClass.uid(),
        plain(set.text(Tags.MANUFACTURER)),
        plain(set.text(Tags.MODEL)),
        laterality(set.text(Tags.IMAGE_LATERALITY)).or(() -> laterality(set.text(Tags.LATERALITY))),
        set.firstItem(Tags.DEVICE_TYPE, Tags.CONCEPT).flatMap(DicomAttributes::device),
        degrees(set.f32(Tags.FIELD_OF_VIEW)),
        rows,
        columns,
        age(set.text(Tags.AGE)),
        Optional.of(set.text(Tags.SEX)).filter(List.of("F", "M", "O")::contains));
  }

  /** A JSON object of what is known, in the order of the record. */
  public String json() {
    List<String> members = new ArrayList<>();
    members.add(text("sopClass", sopClass));
    manufacturer.ifPresent(v -> members.add(text("manufacturer", v)));
    model.ifPresent(v -> members.add(text("model", v)));
    laterality.ifPresent(v -> members.add(text("laterality", v)));
    device.ifPresent(v -> members.add(text("device", v)));
    fieldOfView.ifPresent(v -> members.add(String.format(Locale.ROOT, "\"fieldOfView\":%.1f", v)));
    members.add("\"rows\":" + rows);
    members.add("\"columns\":" + columns);
    age.ifPresent(v -> members.add(text("age", v)));
    sex.ifPresent(v -> members.add(text("sex", v)));
    return "{" + String.join(",", members) + "}";
  }

  // No value has a letter that JSON would want escaped.
  private static String text(String name, String value) {
    return "\"" + name + "\":\"" + value + "\"";
  }

  private static Optional<String> plain(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9 ._/()+-]", "").strip();
    return Optional.of(plain.substring(0, Math.min(plain.length(), LONGEST)))
        .filter(p -> !p.isEmpty());
  }

  private static Optional<String> laterality(String code) {
    return switch (code) {
      case "L" -> Optional.of("left");
      case "R" -> Optional.of("right");
      default -> Optional.empty();
    };
  }

  private static Optional<String> device(DataSet concept) {
    String scheme = concept.text(Tags.CODING_SCHEME);
    String code = concept.text(Tags.CODE);
    return SCHEMES.contains(scheme) && CODE.matcher(code).matches()
        ? Optional.of(scheme + ":" + code)
        : Optional.empty();
  }

  private static OptionalDouble degrees(OptionalDouble angle) {
    return angle.isPresent() && angle.getAsDouble() > 0 && angle.getAsDouble() <= 360
        ? angle
        : OptionalDouble.empty();
  }

  private static Optional<String> age(String text) {
    Matcher form = AGE.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int years = Integer.parseInt(form.group(1)) / AGES_A_YEAR.getOrDefault(form.group(2), 1);
    if (years > OLDEST) {
      return Optional.empty();
    }
    return Optional.of(
        years > AgeBand.OLDEST_KEPT ? AgeBand.of(years).label() : Integer.toString(years));
  }
}
