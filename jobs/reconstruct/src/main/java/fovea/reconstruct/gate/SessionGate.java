package fovea.reconstruct.gate;

import fovea.imaging.Mats;
import fovea.reconstruct.gate.PhotoVerdict.Grade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the photographs of a session before any is reconstructed: count, blur, exposure, overlap
 * and repeated views, with advice for whoever takes them.
 */
public final class SessionGate {
  /** Fewer photographs than this are told to be few. */
  private static final int FEW = 12;

  /** Sharpness below which a picture lacks fine detail, whatever its session; advice only. */
  private static final double SOFT = 3.0;

  /**
   * Sharpness over that of the session's sharper photographs below which one is blurred: one
   * subject's photographs are alike, and a smooth subject is no fault.
   */
  private static final double BLURRED = 0.5;

  private static final double TOO_DARK = 50;
  private static final double TOO_BRIGHT = 0.35;
  private static final int LITTLE_TEXTURE = 150;

  private static final Set<Advice> REJECTING =
      EnumSet.of(Advice.UNREADABLE, Advice.BLURRED, Advice.DUPLICATE_VIEW, Advice.TOO_DARK);

  private SessionGate() {}

  /** Reads a photograph's bytes when its turn comes. */
  public interface Source {
    /** Its name. */
    String name();

    /** Its bytes, as stored. */
    byte[] content();
  }

  /** Told how far the gate is. */
  public interface Told {
    /** One more photograph was measured. */
    void measured(int done, int total);

    /** One more photograph was matched with its neighbours. */
    void matched(int done, int total);
  }

  /** Judges a session; {@code photos} in the order they were taken. */
  public static SessionVerdict judge(List<? extends Source> photos, Told told) {
    try (Mats mats = new Mats()) {
      Measuring measuring = new Measuring();
      List<Optional<Measured>> measured = new ArrayList<>();
      for (Source photo : photos) {
        told.measured(measured.size(), photos.size());
        measured.add(measuring.measure(photo.name(), photo.content(), mats));
      }
      return verdict(photos, measured, told);
    }
  }

  private static SessionVerdict verdict(
      List<? extends Source> photos, List<Optional<Measured>> measured, Told told) {
    List<Measured> read = measured.stream().flatMap(Optional::stream).toList();
    Overlap overlap = Overlap.of(read, told);
    double usual = usualSharpness(read);
    List<Boolean> kept = new ArrayList<>();
    List<PhotoVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < photos.size(); i++) {
      if (measured.get(i).isEmpty()) {
        verdicts.add(unreadable(photos.get(i).name()));
        continue;
      }
      PhotoVerdict verdict = verdict(measured.get(i).get(), kept.size(), overlap, kept, usual);
      kept.add(verdict.grade() != Grade.REJECT);
      verdicts.add(verdict);
    }
    return session(verdicts, overlap.groups(kept));
  }

  private static SessionVerdict session(List<PhotoVerdict> verdicts, List<Integer> groups) {
    List<Advice> advice = new ArrayList<>();
    int usable = groups.stream().mapToInt(Integer::intValue).sum();
    if (usable < FEW) {
      advice.add(Advice.FEW_PHOTOS);
    }
    // A photograph alone is told so itself.
    if (groups.size() > 1 && groups.get(1) > 1) {
      advice.add(Advice.SEPARATE_GROUPS);
    }
    return new SessionVerdict(verdicts, groups.isEmpty() ? 0 : groups.get(0), advice);
  }

  private static PhotoVerdict verdict(
      Measured photo, int place, Overlap overlap, List<Boolean> kept, double usual) {
    List<Advice> advice = new ArrayList<>();
    if (photo.brightest() < TOO_DARK) {
      advice.add(Advice.TOO_DARK);
    }
    if (photo.burnt() > TOO_BRIGHT) {
      advice.add(Advice.TOO_BRIGHT);
    }
    if (photo.sharpness() < BLURRED * usual) {
      advice.add(Advice.BLURRED);
    } else if (photo.sharpness() < SOFT) {
      advice.add(Advice.SOFT);
    }
    if (overlap.repeats(place, kept)) {
      advice.add(Advice.DUPLICATE_VIEW);
    }
    if (photo.features() < LITTLE_TEXTURE) {
      advice.add(Advice.LITTLE_TEXTURE);
    } else if (overlap.neighbours(place) == 0) {
      advice.add(Advice.NO_OVERLAP);
    }
    boolean rejected = advice.stream().anyMatch(REJECTING::contains);
    Grade grade = rejected ? Grade.REJECT : advice.isEmpty() ? Grade.GOOD : Grade.USABLE;
    return new PhotoVerdict(
        photo.name(),
        grade,
        photo.sharpness(),
        photo.brightest(),
        photo.burnt(),
        photo.features(),
        overlap.neighbours(place),
        advice);
  }

  private static PhotoVerdict unreadable(String name) {
    return new PhotoVerdict(name, Grade.REJECT, 0, 0, 0, 0, 0, List.of(Advice.UNREADABLE));
  }

  // The upper quartile: blurred photographs do not lower it until most of them are.
  private static double usualSharpness(List<Measured> photos) {
    List<Double> sorted =
        photos.stream().map(Measured::sharpness).sorted(Comparator.naturalOrder()).toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 3 / 4);
  }
}
