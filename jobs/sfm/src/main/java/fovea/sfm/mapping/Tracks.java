package fovea.sfm.mapping;

import fovea.sfm.features.Features;
import fovea.sfm.features.Matches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Features of several photographs that show one point: matches joined, the best pairs of
 * photographs first. A match that would put two features of one photograph into a track is refused.
 */
final class Tracks {
  /** The photographs of each track, in order. */
  final int[][] photos;

  /** The features of each track, beside {@link #photos}. */
  final int[][] features;

  /** The track of each photograph's feature, or -1. */
  final int[][] of;

  private Tracks(int[][] photos, int[][] features, int[][] of) {
    this.photos = photos;
    this.features = features;
    this.of = of;
  }

  int count() {
    return photos.length;
  }

  static Tracks of(List<Features> all, List<Matches> matches) {
    int[] first = new int[all.size() + 1];
    for (int i = 0; i < all.size(); i++) {
      first[i + 1] = first[i] + all.get(i).count();
    }
    Union union = new Union(first);
    matches.stream()
        .sorted(Comparator.comparingInt((Matches m) -> -m.count()))
        .forEach(
            m -> {
              for (int k = 0; k < m.pairs().length; k += 2) {
                union.join(first[m.first()] + m.pairs()[k], first[m.second()] + m.pairs()[k + 1]);
              }
            });
    return union.tracks(all.size());
  }

  private static final class Union {
    private final int[] first;
    private final int[] parent;
    private final int[][] members; // of roots; null: itself alone

    Union(int[] first) {
      this.first = first;
      this.parent = new int[first[first.length - 1]];
      this.members = new int[parent.length][];
      for (int i = 0; i < parent.length; i++) {
        parent[i] = i;
        members[i] = new int[] {i};
      }
    }

    private int root(int node) {
      int at = node;
      while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
      }
      return at;
    }

    private int photo(int node) {
      int at = java.util.Arrays.binarySearch(first, node);
      if (at < 0) {
        return -at - 2;
      }
      while (first[at + 1] == node) { // photographs without features begin where the next one does
        at++;
      }
      return at;
    }

    void join(int a, int b) {
      int p = root(a);
      int q = root(b);
      if (p == q || conflict(members[p], members[q])) {
        return;
      }
      int keep = Math.min(p, q);
      int drop = Math.max(p, q);
      int[] joined = new int[members[keep].length + members[drop].length];
      System.arraycopy(members[keep], 0, joined, 0, members[keep].length);
      System.arraycopy(members[drop], 0, joined, members[keep].length, members[drop].length);
      members[keep] = joined;
      members[drop] = new int[0];
      parent[drop] = keep;
    }

    private boolean conflict(int[] a, int[] b) {
      for (int x : a) {
        for (int y : b) {
          if (photo(x) == photo(y)) {
            return true;
          }
        }
      }
      return false;
    }

    Tracks tracks(int photos) {
      List<int[]> tracks = new ArrayList<>();
      for (int[] m : members) {
        if (m.length > 1) {
          java.util.Arrays.sort(m);
          tracks.add(m);
        }
      }
      int[][] of = new int[photos][];
      for (int i = 0; i < photos; i++) {
        of[i] = new int[first[i + 1] - first[i]];
        java.util.Arrays.fill(of[i], -1);
      }
      int[][] photosOf = new int[tracks.size()][];
      int[][] featuresOf = new int[tracks.size()][];
      for (int t = 0; t < tracks.size(); t++) {
        int[] m = tracks.get(t);
        photosOf[t] = new int[m.length];
        featuresOf[t] = new int[m.length];
        for (int k = 0; k < m.length; k++) {
          photosOf[t][k] = photo(m[k]);
          featuresOf[t][k] = m[k] - first[photosOf[t][k]];
          of[photosOf[t][k]][featuresOf[t][k]] = t;
        }
      }
      return new Tracks(photosOf, featuresOf, of);
    }
  }
}
