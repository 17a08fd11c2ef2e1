package fovea.sfm.mapping;

import fovea.scene.Intrinsics;
import fovea.sfm.features.Features;
import fovea.sfm.features.Matches;
import fovea.sfm.geometry.Crew;
import fovea.sfm.geometry.Lens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Features and matches to poses and points; where no focal length is told, several are tried. */
public final class Mapping {
  /** Guesses at a focal length that are followed to the end. */
  private static final int GUESSES = 3;

  private static final double ENOUGH = 0.9;
  private static final double AGREEING = 1.2;
  private static final double FILM_DIAGONAL = 43.27; // millimetres of 36 x 24

  private final List<Features> features;
  private final List<Matches> matches;
  private final Crew crew;
  private final Mapper.Listener listener;

  /** Told as a model grows. */
  @FunctionalInterface
  public interface Progress {
    /** So many photographs of so many have a pose. */
    void registered(int photos, int of);
  }

  /**
   * Which lens took what.
   *
   * @param known of each lens, at the size of the features
   * @param lensOf of each photograph
   */
  public record Optics(List<Optional<Intrinsics>> known, int[] lensOf) {}

  /**
   * The largest model.
   *
   * @param model empty where no two photographs could begin one
   * @param focal {@code known}, {@code exif} or {@code found}
   */
  public record Found(Optional<Sparse> model, String focal) {}

  /** Of these photographs. */
  public Mapping(List<Features> features, List<Matches> matches, Crew crew, Progress progress) {
    this.features = features;
    this.matches = matches;
    this.crew = crew;
    this.listener = progress::registered;
  }

  /** Finds the largest model. */
  public Found solve(Optics optics) {
    int count = optics.known().size();
    boolean[] known = new boolean[count];
    double[] shares = new double[count];
    int guessed = 0;
    for (int l = 0; l < count; l++) {
      known[l] = optics.known().get(l).isPresent();
      Features f = features.get(first(optics, l));
      shares[l] =
          f.focal35().isPresent()
              ? f.focal35().getAsInt()
                  / FILM_DIAGONAL
                  * Math.hypot(f.width(), f.height())
                  / longest(f)
              : 0;
      guessed += !known[l] && shares[l] == 0 ? 1 : 0;
    }
    Mapper mapper = new Mapper(features, matches, optics.lensOf(), known, crew, listener);
    List<Double> guesses = guessed == 0 ? List.of(1.0) : Focals.likely(features, matches, GUESSES);
    @Nullable Model best = null;
    for (double guess : guesses) {
      @Nullable Model model = mapper.largest(lenses(optics, shares, guess));
      best = model == null ? best : Mapper.better(best, model);
      boolean trusted = guessed == 0 || best != null && agrees(best, guess);
      if (trusted && best != null && best.registeredCount() >= ENOUGH * features.size()) {
        break;
      }
    }
    boolean allKnown = optics.known().stream().allMatch(Optional::isPresent);
    String focal = allKnown ? "known" : guessed == 0 ? "exif" : "found";
    return new Found(Optional.ofNullable(best).map(Sparse::of), focal);
  }

  // A focal length that fled far from a wrong guess may have stopped in a wrong valley, too.
  private boolean agrees(Model model, double guess) {
    double share = model.lens(0).f / longest(features.get(0));
    return Math.abs(Math.log(share / guess)) < Math.log(AGREEING);
  }

  /** x y of a photograph's features, reduced pixels. */
  public float[] places(int photo) {
    return features.get(photo).xy();
  }

  /** How many matches the photograph shares with any other. */
  public int matchesOf(int photo) {
    return matches.stream()
        .filter(m -> m.first() == photo || m.second() == photo)
        .mapToInt(Matches::count)
        .sum();
  }

  private static int first(Optics optics, int lens) {
    int i = 0;
    while (optics.lensOf()[i] != lens) {
      i++;
    }
    return i;
  }

  private static double longest(Features f) {
    return Math.max(f.width(), f.height());
  }

  private Lens[] lenses(Optics optics, double[] shares, double guess) {
    List<Lens> lenses = new ArrayList<>();
    for (int l = 0; l < optics.known().size(); l++) {
      Features f = features.get(first(optics, l));
      double focal = (shares[l] > 0 ? shares[l] : guess) * longest(f);
      lenses.add(
          optics
              .known()
              .get(l)
              .map(Mapping::lens)
              .orElse(new Lens(focal, 1, f.width() / 2.0, f.height() / 2.0, 0, 0, 0, 0)));
    }
    return lenses.toArray(Lens[]::new);
  }

  private static Lens lens(Intrinsics c) {
    return new Lens(c.fx(), c.fy() / c.fx(), c.cx(), c.cy(), c.k1(), c.k2(), c.p1(), c.p2());
  }
}
