package fovea.reconstruct.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.opencv.core.Core;

/**
 * Which photographs see the same things. Each is matched with those taken just before and after it
 * and with the few that look most like it, so that matching grows linearly with the session.
 * Likeness compares every pair, 256 numbers each: 45,000 pairs for 300 photographs.
 */
final class Overlap {
  /** Fewest shared points of two photographs that overlap. */
  private static final int LEAST_SHARED = 20;

  /** A view that moved less, as a share of the longest edge, is the same view. */
  private static final double SAME_VIEW = 0.004;

  /** And most of what it shows is shown there too. */
  private static final double SAME_POINTS = 0.4;

  private static final int IN_ORDER = 3;
  private static final int ALIKE = 4;

  private final List<Measured> photos;
  private final List<TreeSet<Integer>> neighbours = new ArrayList<>();
  private final List<TreeSet<Integer>> same = new ArrayList<>();

  private Overlap(List<Measured> photos) {
    this.photos = photos;
    photos.forEach(
        p -> {
          neighbours.add(new TreeSet<>());
          same.add(new TreeSet<>());
        });
  }

  static Overlap of(List<Measured> photos, SessionGate.Told told) {
    Overlap overlap = new Overlap(photos);
    Matching matching = new Matching();
    for (int i = 0; i < photos.size(); i++) {
      told.matched(i, photos.size());
      for (int j : overlap.candidates(i)) {
        overlap.compare(i, j, matching);
      }
    }
    return overlap;
  }

  /** How many photographs overlap with photograph {@code i}. */
  int neighbours(int i) {
    return neighbours.get(i).size();
  }

  /** Whether an earlier photograph that is kept shows the same view. */
  boolean repeats(int i, List<Boolean> kept) {
    return same.get(i).stream().anyMatch(j -> j < i && kept.get(j));
  }

  /** The sizes of the groups that hang together, of the photographs kept; the largest first. */
  List<Integer> groups(List<Boolean> kept) {
    boolean[] seen = new boolean[photos.size()];
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < photos.size(); i++) {
      if (kept.get(i) && !seen[i]) {
        sizes.add(reach(i, kept, seen));
      }
    }
    sizes.sort(Comparator.reverseOrder());
    return sizes;
  }

  private int reach(int start, List<Boolean> kept, boolean[] seen) {
    List<Integer> open = new ArrayList<>(List.of(start));
    seen[start] = true;
    int size = 0;
    while (!open.isEmpty()) {
      size++;
      for (int next : neighbours.get(open.remove(open.size() - 1))) {
        if (kept.get(next) && !seen[next]) {
          seen[next] = true;
          open.add(next);
        }
      }
    }
    return size;
  }

  private void compare(int i, int j, Matching matching) {
    Matching.Shared shared = matching.between(photos.get(i), photos.get(j));
    if (shared.points() < LEAST_SHARED) {
      return;
    }
    link(neighbours, i, j);
    int fewer = Math.min(photos.get(i).features(), photos.get(j).features());
    if (shared.moved() < SAME_VIEW && shared.points() > SAME_POINTS * fewer) {
      link(same, i, j);
    }
  }

  private static void link(List<TreeSet<Integer>> graph, int i, int j) {
    graph.get(i).add(j);
    graph.get(j).add(i);
  }

  // Each pair once: a later photograph is compared with earlier ones.
  private TreeSet<Integer> candidates(int i) {
    TreeSet<Integer> found = new TreeSet<>();
    for (int j = Math.max(0, i - IN_ORDER); j < i; j++) {
      found.add(j);
    }
    // A round closes on itself.
    if (i >= photos.size() - IN_ORDER) {
      found.add(0);
    }
    List<Integer> others = new ArrayList<>();
    for (int j = 0; j < i; j++) {
      others.add(j);
    }
    others.sort(Comparator.comparingDouble(j -> -alike(photos.get(i), photos.get(j))));
    found.addAll(others.subList(0, Math.min(ALIKE, others.size())));
    found.remove(i);
    return found;
  }

  private static double alike(Measured a, Measured b) {
    double norms = Core.norm(a.small()) * Core.norm(b.small());
    return norms == 0 ? 0 : a.small().dot(b.small()) / norms;
  }
}
