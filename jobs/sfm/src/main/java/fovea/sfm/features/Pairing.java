package fovea.sfm.features;

import fovea.sfm.geometry.Crew;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Which photographs are compared, and what they share. Up to sixty all with all; of more, each with
 * its neighbours in name order and with those whose few features are most alike.
 */
public final class Pairing {
  private static final int ALL_WITH_ALL = 60;
  private static final int NEIGHBOURS = 5;
  private static final int ALIKE = 30;
  private static final int SAMPLE = 300;

  private final Matcher matcher;
  private final Epipolar epipolar;
  private final Crew crew;

  /** With these judges. */
  public Pairing(Matcher matcher, Epipolar epipolar, Crew crew) {
    this.matcher = matcher;
    this.epipolar = epipolar;
    this.crew = crew;
  }

  /**
   * All pairs that share something, in order.
   *
   * @param told how many pairs are done, of how many
   */
  public List<Matches> of(List<Features> photos, Progress told) {
    List<int[]> pairs = photos.size() <= ALL_WITH_ALL ? all(photos.size()) : likely(photos);
    Matches[] found = new Matches[pairs.size()];
    AtomicInteger done = new AtomicInteger();
    crew.each(
        pairs.size(),
        i -> {
          int a = pairs.get(i)[0];
          int b = pairs.get(i)[1];
          int[] alike = matcher.match(photos.get(a), photos.get(b));
          found[i] = epipolar.consistent(photos.get(a), photos.get(b), a, b, alike);
          told.done(done.incrementAndGet(), pairs.size());
        });
    return Arrays.stream(found).filter(m -> m.count() > 0).toList();
  }

  /** Told how far a loop is. */
  @FunctionalInterface
  public interface Progress {
    /** So many of so many. */
    void done(int done, int total);
  }

  private static List<int[]> all(int count) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        pairs.add(new int[] {i, j});
      }
    }
    return pairs;
  }

  private List<int[]> likely(List<Features> photos) {
    List<Features> small = photos.stream().map(f -> sampled(f, SAMPLE)).toList();
    List<int[]> every = all(photos.size());
    int[] alike = new int[every.size()];
    IntConsumer compare =
        i ->
            alike[i] =
                matcher.match(small.get(every.get(i)[0]), small.get(every.get(i)[1])).length / 2;
    crew.each(every.size(), compare);
    List<List<Integer>> ofPhoto = new ArrayList<>();
    photos.forEach(p -> ofPhoto.add(new ArrayList<>()));
    for (int i = 0; i < alike.length; i++) {
      ofPhoto.get(every.get(i)[0]).add(i);
      ofPhoto.get(every.get(i)[1]).add(i);
    }
    Set<Integer> chosen = new LinkedHashSet<>();
    for (List<Integer> candidates : ofPhoto) {
      candidates.stream()
          .sorted(Comparator.comparingInt((Integer i) -> -alike[i]).thenComparingInt(i -> i))
          .limit(ALIKE)
          .forEach(chosen::add);
    }
    for (int i = 0; i < alike.length; i++) {
      int apart = every.get(i)[1] - every.get(i)[0];
      if (Math.min(apart, photos.size() - apart) <= NEIGHBOURS) {
        chosen.add(i);
      }
    }
    return chosen.stream().sorted().map(every::get).toList();
  }

  // SIFT lists the features of a capped photograph in no order of strength; an even sample will do.
  private static Features sampled(Features f, int most) {
    int count = Math.min(most, f.count());
    float[] xy = new float[2 * count];
    float[] descriptors = new float[Features.LENGTH * count];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * f.count() / count);
      System.arraycopy(f.xy(), 2 * from, xy, 2 * i, 2);
      System.arraycopy(
          f.descriptors(),
          Features.LENGTH * from,
          descriptors,
          Features.LENGTH * i,
          Features.LENGTH);
    }
    return new Features(f.width(), f.height(), xy, descriptors, new int[count], f.focal35());
  }
}
