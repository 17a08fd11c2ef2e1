package fovea.sfm.mapping;

import fovea.sfm.features.Features;
import fovea.sfm.features.Matches;
import fovea.sfm.geometry.Crew;
import fovea.sfm.geometry.Lens;
import fovea.sfm.geometry.Rotations;
import fovea.sfm.mapping.Seeds.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Incremental structure from motion after Schönberger and Frahm, "Structure-from-motion revisited",
 * 2016: a pair to begin with, then one photograph after the other, points and poses adjusted as the
 * model grows. Several beginnings are tried; the largest model wins.
 */
final class Mapper {
  private static final double PIXELS = 4;
  private static final double FINAL_PIXELS = 2;
  private static final double LEAST_DEGREES = 1.5;
  private static final int LEAST_BEGINNING = 20;
  private static final int MOST_SEEDS = 4;
  private static final double NEARLY_ALL = 0.9;
  private static final double GROWTH = 1.15;
  private static final int ALWAYS_WHOLE = 8;
  private static final int LEAST_SIGHTINGS = 12;

  private final List<Features> features;
  private final List<Matches> matches;
  private final Tracks tracks;
  private final int[] lensOf;
  private final boolean[] lensKnown;
  private final Crew crew;
  private final Listener listener;

  /** Told as a model grows. */
  @FunctionalInterface
  interface Listener {
    void registered(int photos, int of);
  }

  Mapper(
      List<Features> features,
      List<Matches> matches,
      int[] lensOf,
      boolean[] lensKnown,
      Crew crew,
      Listener listener) {
    this.features = features;
    this.matches = matches;
    this.tracks = Tracks.of(features, matches);
    this.lensOf = lensOf;
    this.lensKnown = lensKnown;
    this.crew = crew;
    this.listener = listener;
  }

  /** The largest model that begins with these lenses; null where none does. */
  @Nullable Model largest(Lens[] lenses) {
    List<Seed> seeds = new Seeds(features, lenses, lensOf, 1.5).of(matches);
    Model best = null;
    int tried = 0;
    Set<Integer> covered = new HashSet<>();
    for (Seed seed : seeds) {
      if (tried == MOST_SEEDS
          || covered.contains(seed.first()) && covered.contains(seed.second())) {
        continue;
      }
      tried++;
      Model model = grow(seed, lenses);
      if (model == null) {
        continue;
      }
      for (int i = 0; i < features.size(); i++) {
        if (model.registered[i]) {
          covered.add(i);
        }
      }
      best = better(best, model);
      if (best.registeredCount() >= NEARLY_ALL * features.size()) {
        break;
      }
    }
    return best;
  }

  /** The one with more photographs, else with more points. */
  static Model better(@Nullable Model a, Model b) {
    if (a == null) {
      return b;
    }
    Comparator<Model> order =
        Comparator.comparingInt(Model::registeredCount).thenComparingInt(Model::pointCount);
    return order.compare(b, a) > 0 ? b : a;
  }

  private @Nullable Model grow(Seed seed, Lens[] lenses) {
    Model model = new Model(features, tracks, lenses, lensOf);
    Adjusting adjusting = new Adjusting(model, lensKnown, crew);
    model.place(seed.first(), Rotations.identity(), new double[3]);
    model.place(seed.second(), seed.rotation(), seed.translation());
    Points points = new Points(model, PIXELS, LEAST_DEGREES);
    points.complete();
    if (model.pointCount() < LEAST_BEGINNING) {
      return null;
    }
    adjusting.all(20, 1e-5);
    points.filter();
    if (model.pointCount() < LEAST_BEGINNING) {
      return null;
    }
    enlarge(model, adjusting, points);
    finish(model, adjusting);
    return model;
  }

  private void enlarge(Model model, Adjusting adjusting, Points points) {
    Registering registering = new Registering(model, PIXELS, crew);
    int adjusted = 2;
    int[] triedWith = new int[features.size()];
    boolean refreshed = false;
    while (model.registeredCount() < features.size()) {
      int photo = next(model, registering, triedWith);
      if (photo < 0) {
        if (refreshed) {
          break;
        }
        // A better model may show more to those that did not fit.
        adjusting.all(15, 1e-5);
        points.filter();
        points.complete();
        java.util.Arrays.fill(triedWith, 0);
        refreshed = true;
        continue;
      }
      refreshed = false;
      points.complete(photo, tracks.of);
      int now = model.registeredCount();
      listener.registered(now, features.size());
      if (now <= ALWAYS_WHOLE || now >= GROWTH * adjusted) {
        adjusting.all(12, 1e-4);
        points.filter();
        points.complete();
        adjusted = now;
      } else {
        adjusting.around(photo, 6);
        points.complete(photo, tracks.of);
      }
    }
  }

  // The photograph that shows most points; one that failed comes again when it shows more of them.
  private int next(Model model, Registering registering, int[] triedWith) {
    List<int[]> candidates = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      int visible = model.registered[i] ? 0 : model.visible(i).length;
      if (visible >= Registering.LEAST && visible > 1.2 * triedWith[i]) {
        candidates.add(new int[] {i, visible});
      }
    }
    candidates.sort(Comparator.comparingInt(c -> -c[1]));
    for (int[] c : candidates) {
      triedWith[c[0]] = c[1];
      if (registering.register(c[0]) > 0) {
        return c[0];
      }
    }
    return -1;
  }

  private void finish(Model model, Adjusting adjusting) {
    Points coarse = new Points(model, PIXELS, LEAST_DEGREES);
    adjusting.all(25, 1e-5);
    coarse.filter();
    coarse.complete();
    adjusting.all(25, 1e-5);
    Points fine = new Points(model, FINAL_PIXELS, LEAST_DEGREES);
    for (int round = 0; round < 2; round++) {
      fine.filter();
      fine.complete();
      adjusting.all(40, 1e-6);
    }
    fine.filter();
    for (int i = 0; i < features.size(); i++) {
      if (model.registered[i] && model.sightings(i) < LEAST_SIGHTINGS) {
        model.drop(i);
      }
    }
    fine.filter();
  }
}
