package fovea.sfm;

import fovea.contract.errors.CallerMistake;
import fovea.scene.Intrinsics;
import fovea.scene.KnownIntrinsics;
import fovea.scene.Photo;
import fovea.scene.PhotoSet;
import fovea.sfm.features.Epipolar;
import fovea.sfm.features.Extractor;
import fovea.sfm.features.Features;
import fovea.sfm.features.Matcher;
import fovea.sfm.features.Matches;
import fovea.sfm.features.Pairing;
import fovea.sfm.geometry.Crew;
import fovea.sfm.mapping.Mapping;
import fovea.sfm.mapping.Mapping.Optics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** In this process: SIFT, all pairs, one model that grows photograph by photograph. */
final class OwnSfm implements StructureFromMotion {
  private static final double RATIO = 0.8;
  private static final double EPIPOLAR_PIXELS = 1.5;

  private final SfmSettings settings;

  OwnSfm(SfmSettings settings) {
    this.settings = settings;
  }

  @Override
  public Solution solve(PhotoSet photos, KnownIntrinsics known, SfmListener listener) {
    long start = System.nanoTime();
    Map<String, String> unreadable = new ConcurrentHashMap<>();
    try (Crew crew = new Crew(settings.threads())) {
      List<Features> features = features(photos, unreadable, crew, listener);
      List<Matches> matches =
          new Pairing(new Matcher(RATIO), new Epipolar(EPIPOLAR_PIXELS, settings.seed()), crew)
              .of(features, (done, total) -> listener.report("comparing photographs", done, total));
      if (matches.isEmpty()) {
        throw new CallerMistake(
            "no-overlap",
            "No two of the " + photos.photos().size() + " photographs show the same points",
            "Take photographs that overlap by two thirds, in even light, sharp");
      }
      List<Features> places = features.stream().map(Features::places).toList();
      Mapping mapping =
          new Mapping(places, matches, crew, (n, of) -> listener.report("finding poses", n, of));
      Mapping.Found found = mapping.solve(optics(photos, places, known));
      return new Finishing(photos, unreadable)
          .solution(found, mapping, (System.nanoTime() - start) / 1e9);
    }
  }

  private List<Features> features(
      PhotoSet photos, Map<String, String> unreadable, Crew crew, SfmListener listener) {
    Extractor extractor =
        new Extractor(settings.longest(), settings.features(), settings.contrast());
    List<Photo> all = photos.photos();
    Features[] found = new Features[all.size()];
    AtomicInteger done = new AtomicInteger();
    crew.each(
        found.length,
        i -> {
          try {
            found[i] = extractor.of(all.get(i).file());
          } catch (IOException undecodable) {
            unreadable.put(all.get(i).name(), String.valueOf(undecodable.getMessage()));
            found[i] = Features.none(all.get(i).width(), all.get(i).height());
          }
          listener.report("finding points", done.incrementAndGet(), found.length);
        });
    return List.of(found);
  }

  // Photographs of one size, with one focal length told or none, are taken to be of one lens.
  private static Optics optics(PhotoSet photos, List<Features> features, KnownIntrinsics known) {
    Map<List<Object>, Integer> lenses = new LinkedHashMap<>();
    List<Optional<Intrinsics>> cameras = new ArrayList<>();
    int[] lensOf = new int[features.size()];
    for (int i = 0; i < lensOf.length; i++) {
      Features f = features.get(i);
      Optional<Intrinsics> camera =
          known.of(photos.photos().get(i)).map(c -> c.resized(f.width(), f.height()));
      List<Object> kind = List.of(f.width(), f.height(), camera, f.focal35());
      if (!lenses.containsKey(kind)) {
        lenses.put(kind, lenses.size());
        cameras.add(camera);
      }
      lensOf[i] = lenses.get(kind);
    }
    return new Optics(cameras, lensOf);
  }
}
