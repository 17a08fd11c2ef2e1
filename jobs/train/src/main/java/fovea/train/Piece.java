package fovea.train;

import fovea.train.loop.Round;
import fovea.train.loop.Stint;
import fovea.train.loop.Tally;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import scala.Tuple2;

/**
 * A part of what a trainer gives back, small enough that as many as there are trainers fit beside
 * each other: the numbers are averaged where they meet, and no process holds all trainers' states.
 *
 * @param numbers none in the one piece that carries tally and moves
 */
record Piece(int shard, float[] numbers, Tally tally, int moves) implements Serializable {
  /** The key of the piece without numbers. */
  static final int REPORT = -1;

  /** 1 MiB: as many as the trainers are held at a time. */
  static final int MOST = 1 << 18;

  /** A trainer's pieces under their numbers; of one that does not count only the report. */
  static List<Tuple2<Integer, Piece>> of(Stint stint) {
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    int shard = stint.shard();
    Piece report = new Piece(shard, new float[0], stint.tally(), stint.state().moves());
    pieces.add(new Tuple2<>(REPORT, stint.counts() ? report : report.without()));
    int count = stint.counts() ? stint.pieces(MOST) : 0;
    for (int i = 0; i < count; i++) {
      pieces.add(new Tuple2<>(i, new Piece(shard, stint.piece(i, MOST), Tally.NONE, 0)));
    }
    return pieces;
  }

  /** The mean, whichever came first. */
  static Piece together(Iterable<Piece> pieces) {
    List<Piece> sorted = new ArrayList<>();
    pieces.forEach(sorted::add);
    sorted.sort(Comparator.comparingInt(Piece::shard));
    return new Piece(
        0,
        Round.mean(sorted.stream().map(Piece::numbers).toList()),
        sorted.stream().map(Piece::tally).reduce(Tally.NONE, Tally::plus),
        sorted.stream().mapToInt(Piece::moves).max().orElse(0));
  }

  private Piece without() {
    return new Piece(shard, numbers, tally, 0);
  }
}
