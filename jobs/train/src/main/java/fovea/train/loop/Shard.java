package fovea.train.loop;

import fovea.train.data.Sample;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One trainer's share of the training part: dealt like cards, so that no two shards differ by more
 * than one.
 *
 * @param number from 0
 * @param of how many there are
 */
public record Shard(List<Sample> samples, int number, int of) implements Serializable {

  /** Copies. */
  public Shard {
    samples = List.copyOf(samples);
  }

  /** All in one. */
  static Shard whole(List<Sample> samples) {
    return new Shard(samples, 0, 1);
  }

  /** Deals samples in their order. */
  static List<Shard> deal(List<Sample> samples, int trainers) {
    List<Shard> shards = new ArrayList<>();
    for (int number = 0; number < trainers; number++) {
      List<Sample> hand = new ArrayList<>();
      for (int i = number; i < samples.size(); i += trainers) {
        hand.add(samples.get(i));
      }
      shards.add(new Shard(hand, number, trainers));
    }
    return shards;
  }

  /** A sample's place among those of all shards: its random numbers do not depend on the layout. */
  int place(int index) {
    return index * of + number;
  }
}
